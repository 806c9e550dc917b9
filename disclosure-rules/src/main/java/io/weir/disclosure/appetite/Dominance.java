package io.weir.disclosure.appetite;

import java.math.BigDecimal;

/**
 * One (n,k) rule.
 *
 * @param contributors n, 1 or 2: the evidence carries the two largest contributions
 * @param share k as a fraction, above 0 and at most 1: the cell fails when the n largest make up this share of it or more
 */
public record Dominance(int contributors, BigDecimal share) {
    public Dominance {
        if (contributors < 1 || contributors > 2) {
            throw new IllegalArgumentException("Dominance is judged on one or two contributors");
        }
        if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("A dominance share lies above 0 and is at most 1");
        }
    }
}
