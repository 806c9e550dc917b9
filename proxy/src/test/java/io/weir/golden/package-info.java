/**
 * Golden files. In: texts that a test made. Out: whether they are as recorded; {@code -Dgolden.update=true} records them. One thread; may fail
 * by a file that cannot be read.
 */
@NullMarked
package io.weir.golden;

import org.jspecify.annotations.NullMarked;
