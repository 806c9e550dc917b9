package io.weir.query.catalog.shadow;

import java.time.Duration;

/**
 * What one installation allows on its shadow.
 *
 * @param databases shadow databases kept; the least recently used one that nobody uses is dropped
 * @param backends backends of analysts' sessions at a time
 * @param backendsPerPerson the same of one person
 * @param oracleConnections connections per database for descriptions and classification; one person has at most all but one
 * @param describeLimit longest time for one description or classification
 * @param statementLimit longest time for one exchange of an analyst
 * @param waitLimit longest wait for a backend, or for one of the connections for descriptions
 * @param answerBytes largest answer to one exchange
 * @param heldBytes bytes of answers that wait for their clients, relayed or kept by cursors, of all sessions together
 * @param heldBytesPerPerson the same of one person
 * @param cached descriptions and kinds remembered
 */
public record ShadowLimits(
        int databases,
        int backends,
        int backendsPerPerson,
        int oracleConnections,
        Duration describeLimit,
        Duration statementLimit,
        Duration waitLimit,
        int answerBytes,
        long heldBytes,
        long heldBytesPerPerson,
        int cached) {
    /** For a research environment of some hundred analysts. */
    public static ShadowLimits standard() {
        return new ShadowLimits(
                64,
                100,
                10,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(4),
                16 << 20,
                64 << 20,
                32 << 20,
                10_000);
    }
}
