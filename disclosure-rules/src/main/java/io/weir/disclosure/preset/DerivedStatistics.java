package io.weir.disclosure.preset;

import org.jspecify.annotations.Nullable;

/** What a preset says about figures that are computed from others. */
public sealed interface DerivedStatistics {
    /** Nothing. */
    record NotStated() implements DerivedStatistics {}

    /**
     * @param decimalFrom smallest rounded denominator of a percentage with one decimal; null when there is no such rule. Presentation, no
     *     protection: numerator and denominator are published
     * @param modelsExempt whether standardised rates, confidence intervals and regressions are published without control
     * @param significantDigits most digits of any number; null when there is no such rule
     */
    record FromRounded(
            @Nullable Integer decimalFrom,
            boolean modelsExempt,
            @Nullable Integer significantDigits) implements DerivedStatistics {}

    /** Means, medians, deviations and percentages of fewer units than the threshold are hidden, others published. */
    record OfEnoughUnits() implements DerivedStatistics {}
}
