package io.weir.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store tells about a token; the secret itself is not kept.
 *
 * @param id see {@link ApiToken#id}
 * @param label why it was issued
 * @param revokedAt null while it is not revoked
 */
public record IssuedToken(
        String id,
        PersonId person,
        String label,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** {@code valid}, {@code expired} or {@code revoked}. */
    public String state(Instant now) {
        if (revokedAt != null) {
            return "revoked";
        }
        return now.isBefore(expiresAt) ? "valid" : "expired";
    }
}
