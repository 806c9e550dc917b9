package io.weir.query.parse;

import java.time.Duration;

/**
 * What one statement may cost before any of it is answered (measured bombs: nested COALESCE, CTEs that double, long OR chains).
 *
 * @param characters length of the text
 * @param tokens lexical units
 * @param depth nested parentheses, sub-queries and CASEs
 * @param expandedNodes size of the syntax tree with every reference to a CTE replaced by its text
 * @param parameters highest parameter number
 * @param time wall time of one statement
 */
public record FrontEndLimits(int characters, int tokens, int depth, int expandedNodes, int parameters, Duration time) {
    /** Enough for every statement of the published OHDSI and TPC collections, with room. */
    public static FrontEndLimits standard() {
        return new FrontEndLimits(200_000, 30_000, 100, 100_000, 1_000, Duration.ofSeconds(10));
    }
}
