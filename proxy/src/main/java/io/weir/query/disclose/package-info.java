/**
 * From raw cells and evidence to protected tables, through the rules library; and from raw rows to rows with pseudonyms. Nothing that
 * leaves this package was computed from unprotected values, and no public method returns a type of {@code execute}.
 *
 * <p>Blocks on the caller's thread (the store of published answers). What is missing hides.
 */
@NullMarked
package io.weir.query.disclose;

import org.jspecify.annotations.NullMarked;
