/**
 * The policy snapshot: everything operators decide, as one immutable value named by its digest.
 *
 * <p>In: YAML in one directory ({@code policy.load}). Out: {@link io.weir.policy.PolicySnapshot}. Nothing here performs I/O while a query
 * runs; a reload builds a new snapshot and swaps it whole. An agreement that is unsigned, expired or incomplete grants nothing.
 */
@NullMarked
package io.weir.policy;

import org.jspecify.annotations.NullMarked;
