/**
 * Reports for people and for programmes: tables laid out for a terminal, findings, JSON, and the files that may leave. In: reports of {@link
 * io.weir.sdc.apply}. Out: text; other people's words are made printable. Reports hold true values and evidence and are for those who may see the data; only
 * {@link io.weir.sdc.show.PublishedCsv} is for others. Pure; any thread.
 */
@NullMarked
package io.weir.sdc.show;

import org.jspecify.annotations.NullMarked;
