/**
 * The door of the library. In: a table of evidence and a risk appetite. Out: an assessment of every cell. Pure functions, no state,
 * callable from any thread; contradictory input is an {@link IllegalArgumentException}, missing evidence hides.
 */
@NullMarked
package io.weir.disclosure;

import org.jspecify.annotations.NullMarked;
