/**
 * The governed algebra: what is left of a statement after ruling. Below the boundary {@link io.weir.query.govern.plan.Rel} (computed in a
 * source), above it {@link io.weir.query.govern.plan.Residual} (computed in the proxy on protected values); both share
 * {@link io.weir.query.govern.plan.Expr}.
 *
 * <p>Immutable values, no I/O, no Calcite: whatever this algebra cannot express cannot reach a source. See decision 0003.
 */
@NullMarked
package io.weir.query.govern.plan;

import org.jspecify.annotations.NullMarked;
