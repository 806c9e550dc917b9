/**
 * Reads the library's own data resources. In: the name of a resource of this library. Out: its sections. A resource that is missing or
 * breaks the format is an {@link IllegalStateException}: the library was built wrongly. Any thread.
 */
@NullMarked
package io.weir.disclosure.resource;

import org.jspecify.annotations.NullMarked;
