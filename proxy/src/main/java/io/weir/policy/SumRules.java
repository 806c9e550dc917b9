package io.weir.policy;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.PriorPosterior;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile's rules for sums. A sum is hidden when it fails one of them.
 *
 * @param dominance (n,k) rules, in order of n; without repetition
 * @param pPercent p of the p% rule, a fraction, or null
 * @param priorPosterior the (p,q) rule, or null
 */
public record SumRules(
        List<Dominance> dominance,
        @Nullable BigDecimal pPercent,
        @Nullable PriorPosterior priorPosterior) {
    public SumRules {
        dominance = dominance.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Dominance::contributors).thenComparing(Dominance::share))
                .toList();
    }
}
