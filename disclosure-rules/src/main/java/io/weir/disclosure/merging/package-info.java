/**
 * Merging of small groups into one, "other". In: disjoint groups with how many people each has. Out: which stay and which are merged. Pure functions,
 * any thread; contradictory input is an {@link IllegalArgumentException}.
 */
@NullMarked
package io.weir.disclosure.merging;

import org.jspecify.annotations.NullMarked;
