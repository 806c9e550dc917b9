/**
 * SQL types of governed columns and results, and the Java classes that carry their values. Leaf package.
 */
@NullMarked
package io.weir.query.type;

import org.jspecify.annotations.NullMarked;
