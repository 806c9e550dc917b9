/**
 * Which class a statistic belongs to, and what that class needs. In: a statistic's name. Out: its class with risks, checks, evidence and
 * protections, or manual review. Any thread; a broken resource stops the library from loading.
 */
@NullMarked
package io.weir.disclosure.statistic;

import org.jspecify.annotations.NullMarked;
