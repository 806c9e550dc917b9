/**
 * The composition root: {@link io.weir.Main} reads arguments and configuration, {@code Wiring} builds everything once and connects it by
 * constructors. Nothing points back here.
 */
@NullMarked
package io.weir;

import org.jspecify.annotations.NullMarked;
