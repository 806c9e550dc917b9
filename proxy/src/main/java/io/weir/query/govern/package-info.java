/**
 * The ruling: which statement may be answered, and how. In: a validated tree, the asker, the policy. Out: a
 * {@link io.weir.query.govern.Permit} split into blocks, residual and output plan, or a problem that says which rule, which fragment and
 * how to ask instead.
 *
 * <p>Pure functions over immutable values, any thread, no I/O, no data: a refusal never depends on a row. Everything is an allow-list:
 * whatever is not recognised is refused.
 */
@NullMarked
package io.weir.query.govern;

import org.jspecify.annotations.NullMarked;
