/**
 * The shape of a table: cells' addresses, measures, and the linear relations that hold between cells. In: addresses and grouping
 * sets. Out: immutable values. Any thread; a shape that contradicts itself is an {@link IllegalArgumentException}.
 */
@NullMarked
package io.weir.disclosure.table;

import org.jspecify.annotations.NullMarked;
