package io.weir.disclosure.appetite;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much risk the data owner accepts. Every number comes from policy or a preset; the code has none. The parameters of dominance and
 * p% are confidential: they help an attacker, so they are never shown to analysts.
 *
 * @param threshold k, at least 2: one to k-1 subjects are too few. "1 to 7 hidden" and "8 or more shown" are both 8
 * @param zeros what happens to zero
 * @param countBase counts are published as multiples of it; 1 publishes them as they are
 * @param dominance (n,k) rules for sums, all of which must hold
 * @param priorPosterior p of the p% rule for sums, as a fraction above 0 and at most 1, or null. A sum needs at least one of
 *     {@code dominance} and {@code priorPosterior}; without any it goes to review
 */
public record RiskAppetite(
        int threshold,
        ZeroRule zeros,
        int countBase,
        List<Dominance> dominance,
        @Nullable BigDecimal priorPosterior) {
    public RiskAppetite {
        if (threshold < 2) {
            throw new IllegalArgumentException("A threshold below 2 protects nobody");
        }
        Objects.requireNonNull(zeros);
        if (countBase < 1) {
            throw new IllegalArgumentException("The rounding base of counts is at least 1");
        }
        dominance = List.copyOf(dominance);
        if (priorPosterior != null && (priorPosterior.signum() <= 0 || priorPosterior.compareTo(BigDecimal.ONE) > 0)) {
            throw new IllegalArgumentException("p lies above 0 and is at most 1");
        }
    }

    /** Whether anything is said about sums. */
    public boolean judgesSums() {
        return !dominance.isEmpty() || priorPosterior != null;
    }
}
