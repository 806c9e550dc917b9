/**
 * From a permit to generated source queries. In: a {@link io.weir.query.govern.Permit}. Out: {@link io.weir.query.rewrite.GovernedQuery},
 * the only thing {@code execute} takes. Pure; runs on the caller's thread; fails only by a refusal.
 *
 * <p>Every text is generated from the governed algebra; the caller's values are bind parameters; tokens of closed lists (date parts, type
 * names, band bounds of the policy) are the only constants in the text.
 */
@NullMarked
package io.weir.query.rewrite;

import org.jspecify.annotations.NullMarked;
