package io.weir.release.bundle;

import io.weir.release.request.RequestId;
import java.time.Instant;

/**
 * What the release record keeps of a sealed bundle. Written once.
 *
 * @param request whose
 * @param plainSha256 lower-case hex digest of the zip
 * @param plainSize its bytes
 * @param cipherSha256 lower-case hex digest of the age file: its name in the spool and on the far side
 * @param cipherSize its bytes
 * @param recipient age recipient it is encrypted to
 * @param destination id of the destination it was sealed for
 * @param sealedAt when
 */
public record SealRecord(
        RequestId request,
        String plainSha256,
        long plainSize,
        String cipherSha256,
        long cipherSize,
        String recipient,
        String destination,
        Instant sealedAt) {}
