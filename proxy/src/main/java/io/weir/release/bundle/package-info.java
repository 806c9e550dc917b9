/**
 * From an approved release to one encrypted file.
 *
 * <p>In: {@link io.weir.release.review.ApprovedRelease}. Out: {@link io.weir.release.bundle.SealedBundle}: a deterministic zip (CSV,
 * sdc-record.json, manifest.json, README.txt) encrypted once to the destination's recipient in the spool directory, with the digests of
 * plaintext and ciphertext in the release record. The plaintext is never written to disk. Thread: the courier's, blocking. Fails with
 * problems of store and audit log as exceptions that the courier retries.
 */
@NullMarked
package io.weir.release.bundle;

import org.jspecify.annotations.NullMarked;
