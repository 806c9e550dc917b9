/**
 * The checks, one file each with its source. In: one cell's evidence and the risk appetite. Out: a verdict. Pure functions, any
 * thread; missing evidence is never a pass.
 */
@NullMarked
package io.weir.disclosure.check;

import org.jspecify.annotations.NullMarked;
