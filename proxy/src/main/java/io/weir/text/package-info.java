/**
 * Text for a terminal: columns, and other people's words made harmless. In: strings of any origin. Out: printable strings. Leaf package; any thread but for
 * a table that is being filled; cannot fail.
 */
@NullMarked
package io.weir.text;

import org.jspecify.annotations.NullMarked;
