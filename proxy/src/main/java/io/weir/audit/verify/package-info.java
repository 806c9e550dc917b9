/**
 * The auditor's side: reads a copy of a log offline, with keys that the auditor brings, and tells every way in which it is not what its
 * signer vouched for.
 *
 * <p>In: a directory and trusted verifier keys. Out: an {@link io.weir.audit.verify.AuditReport}. Shares only
 * {@link io.weir.audit.format} with the writer. Reads only, on the caller's thread; fails with IOException when it cannot read at all.
 */
@NullMarked
package io.weir.audit.verify;

import org.jspecify.annotations.NullMarked;
