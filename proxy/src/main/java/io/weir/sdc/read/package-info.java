/**
 * From bytes of CSV and a description to a table of evidence. In: bytes from anybody. Out: {@link io.weir.sdc.read.StatedTable}, or problems with file, line,
 * column and remedy: nothing that contradicts itself is taken. Pure; one thread.
 */
@NullMarked
package io.weir.sdc.read;

import org.jspecify.annotations.NullMarked;
