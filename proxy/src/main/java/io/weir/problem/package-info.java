/**
 * What can go wrong, as one closed list: a stable code, whose problem it is, the SQLSTATE and the public sentence.
 *
 * <p>Leaf package: knows nobody. Every stage of a road returns its value or a {@link io.weir.problem.Problem}; causes go to the log,
 * never into a problem.
 */
@NullMarked
package io.weir.problem;

import org.jspecify.annotations.NullMarked;
