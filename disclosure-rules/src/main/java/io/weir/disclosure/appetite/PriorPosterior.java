package io.weir.disclosure.appetite;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The prior-posterior or (p,q) rule: before publication everybody knows each contribution to within q, and afterwards nobody may know the
 * largest to within p. Only the ratio of the two matters; the p% rule is the one with q = 1.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 4.2.2, the (p,q)-rule.
 *
 * @param p a fraction above 0 and below {@code q}
 * @param q a fraction above 0; above 1 where contributions of either sign are estimated badly (the same section, negative contributions)
 */
public record PriorPosterior(BigDecimal p, BigDecimal q) {
    public PriorPosterior {
        if (p.signum() <= 0 || p.compareTo(q) >= 0) {
            throw new IllegalArgumentException("A (p,q) rule needs 0 < p < q");
        }
    }

    /** The p of the p% rule that judges alike; rounded up, so that no cell passes by rounding. */
    public BigDecimal ratio() {
        return p.divide(q, new MathContext(34, RoundingMode.CEILING));
    }
}
