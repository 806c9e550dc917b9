/**
 * What was used last, kept in memory. In and out: keys and values of the caller; any thread; never fails.
 */
@NullMarked
package io.weir.recent;

import org.jspecify.annotations.NullMarked;
