/**
 * The configuration of one installation: addresses, directories, stores, keys, limits.
 *
 * <p>In: {@code weir.yaml}. Out: {@link io.weir.config.Configuration}, or every problem at once with line, path and remedy. Secrets are
 * references, opened by {@link io.weir.config.Secrets} only where they are used. Blocks on file reads; one thread. Decisions about data
 * are not here but in the policy.
 */
@NullMarked
package io.weir.config;

import org.jspecify.annotations.NullMarked;
