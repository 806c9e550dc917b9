/**
 * What stands above the boundary: HAVING, arithmetic, joins of aggregates, windows, ORDER BY, LIMIT, on protected values only. In:
 * protected tables and reference rows. Out: finished rows whose values are shown or hidden. Pure, on the caller's thread.
 */
@NullMarked
package io.weir.query.finish;

import org.jspecify.annotations.NullMarked;
