/**
 * How much risk a data owner accepts, as validated numbers. In: parameters from a policy or a preset. Out: immutable records. Any
 * thread; parameters outside their range are an {@link IllegalArgumentException}. No parameter has a default.
 */
@NullMarked
package io.weir.disclosure.appetite;

import org.jspecify.annotations.NullMarked;
