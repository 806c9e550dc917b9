/**
 * Who asks and for what: persons, roles, projects. Leaf package, immutable values, no I/O.
 */
@NullMarked
package io.weir.identity;

import org.jspecify.annotations.NullMarked;
