package io.weir.query.catalog.shadow;

import java.time.Duration;

/**
 * What one installation allows on its shadow.
 *
 * @param databases shadow databases kept; the least recently used one that nobody uses is dropped
 * @param backends backends of analysts' sessions at a time
 * @param oracleConnections connections per database for descriptions and classification
 * @param describeLimit longest time for one description or classification
 * @param statementLimit longest time for one exchange of an analyst
 * @param answerBytes largest answer to one exchange
 * @param cached descriptions and kinds remembered
 */
public record ShadowLimits(
        int databases,
        int backends,
        int oracleConnections,
        Duration describeLimit,
        Duration statementLimit,
        int answerBytes,
        int cached) {
    /** For a research environment of some hundred analysts. */
    public static ShadowLimits standard() {
        return new ShadowLimits(64, 100, 2, Duration.ofSeconds(2), Duration.ofSeconds(30), 16 << 20, 10_000);
    }
}
