/**
 * Risk appetites of known publishers as data. In: a name. Out: an appetite with its source and what it does not protect. An unknown
 * name is an {@link IllegalArgumentException}; a broken resource stops the library from loading. Any thread.
 */
@NullMarked
package io.weir.disclosure.preset;

import org.jspecify.annotations.NullMarked;
