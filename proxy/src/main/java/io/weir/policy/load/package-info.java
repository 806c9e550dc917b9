/**
 * From a directory of YAML files to a policy snapshot.
 *
 * <p>In: a directory that operators keep in git. Out: {@link io.weir.policy.load.PolicyLoad}, either a snapshot whose references and
 * meanings were all checked, or every problem at once with file, line, path and remedy. Blocks on file reads; one thread; nothing is
 * cached. {@link io.weir.policy.load.ReloadablePolicy} swaps snapshots for the running proxy.
 */
@NullMarked
package io.weir.policy.load;

import org.jspecify.annotations.NullMarked;
