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
 *     {@code dominance}, {@code priorPosterior} and the (p,q) rule of {@code further}; without any it goes to review
 * @param further everything else
 */
public record RiskAppetite(
        int threshold,
        ZeroRule zeros,
        int countBase,
        List<Dominance> dominance,
        @Nullable BigDecimal priorPosterior,
        FurtherRules further) {
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

    /** An appetite without further rules. */
    public RiskAppetite(
            int threshold,
            ZeroRule zeros,
            int countBase,
            List<Dominance> dominance,
            @Nullable BigDecimal priorPosterior) {
        this(threshold, zeros, countBase, dominance, priorPosterior, FurtherRules.none());
    }

    /** The same appetite with other further rules. */
    public RiskAppetite with(FurtherRules rules) {
        return new RiskAppetite(threshold, zeros, countBase, dominance, priorPosterior, rules);
    }

    /**
     * Whether a cell that passes all checks under this appetite passes them under the other one, too, whatever its evidence, and whether counts are
     * rounded to a multiple of the other's base. Closed: where the other sends figures to review for want of a rule (sums, models, survival
     * tables), a rule shows more. Rules are compared one by one with rules of their kind, so that an appetite that protects as much by rules of
     * another kind is not recognised.
     */
    public boolean isAtLeastAsStrictAs(RiskAppetite other) {
        return threshold >= other.threshold
                && (zeros == ZeroRule.HIDDEN || other.zeros == ZeroRule.SHOWN)
                && countBase % other.countBase == 0
                && (other.judgesSums() || !judgesSums())
                && other.dominance.stream().allMatch(this::implies)
                && (other.priorPosterior == null
                        || (priorPosterior != null && priorPosterior.compareTo(other.priorPosterior) >= 0))
                && further.isAtLeastAsStrictAs(other.further);
    }

    /** A rule on as many contributors or more, with the same share or a smaller one, fails whatever the other fails. */
    private boolean implies(Dominance rule) {
        return dominance.stream()
                .anyMatch(own ->
                        own.contributors() >= rule.contributors() && own.share().compareTo(rule.share()) <= 0);
    }

    /** Whether anything is said about sums. */
    public boolean judgesSums() {
        return !dominance.isEmpty() || priorPosterior != null || further.priorPosterior() != null;
    }
}
