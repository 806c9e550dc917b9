/**
 * The bytes of the audit log: canonical JSON (a subset of RFC 8785), leaves and segment lines, salted disclosures (RFC 9901), the Merkle
 * tree of RFC 6962, C2SP signed notes and checkpoints with Ed25519.
 *
 * <p>In: values or bytes. Out: bytes or values. Pure functions without I/O, safe for any thread. Parsers are strict: what a writer of this
 * package would not have written fails with {@link io.weir.audit.format.FormatException}. Shared by the writer and the verifier, and the
 * only thing that they share.
 *
 * <p>Fields of records are free but for {@link io.weir.audit.AuditField}. Records about release requests carry {@code case} since format
 * 1 was last extended, before any release: a request that leaves without it is reported, not passed.
 */
@NullMarked
package io.weir.audit.format;

import org.jspecify.annotations.NullMarked;
