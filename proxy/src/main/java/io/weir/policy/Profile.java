package io.weir.policy;

import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;

/**
 * A disclosure profile as the policy writes it.
 *
 * @param name stable name
 * @param family rounding, marker and perturbation family: one per dataset, agreements may only choose within it
 * @param threshold smallest number of distinct subjects of a cell, arm or difference that may be shown
 * @param zeros whether empty cells are shown as zero or hidden like small ones
 * @param roundingBase base to which counts are rounded (nearest); 1 means unrounded
 * @param sums rules for sums
 * @param marker what exports print for a hidden cell
 * @param history whether one-step differences from earlier answers are hidden
 * @param extremes what becomes of the smallest and largest value over people
 * @param source where the rule comes from, with date
 */
public record Profile(
        String name,
        String family,
        int threshold,
        Zeros zeros,
        int roundingBase,
        SumRules sums,
        String marker,
        boolean history,
        Extremes extremes,
        String source) {
    /** The smallest and the largest value are those of one person. */
    public enum Extremes {
        /** The statement is refused, with what can be asked instead. */
        REFUSED,
        /** Hidden in every group, whoever is in it, so that the other columns of the table are answered. */
        HIDDEN
    }

    /** Treatment of empty cells. */
    public enum Zeros {
        SHOWN,
        HIDDEN
    }

    /** The same in the rules library's words. */
    public RiskAppetite appetite() {
        PriorPosterior priorPosterior = sums.priorPosterior();
        FurtherRules none = FurtherRules.none();
        return new RiskAppetite(
                threshold,
                switch (zeros) {
                    case SHOWN -> ZeroRule.SHOWN;
                    case HIDDEN -> ZeroRule.HIDDEN;
                },
                roundingBase,
                sums.dominance(),
                sums.pPercent(),
                priorPosterior == null ? none : none.with(priorPosterior));
    }
}
