package io.weir.disclosure.preset;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a preset asks of whoever applies it, beyond a threshold, zeros shown or hidden, rounding to the nearest multiple of one base, (n,k) and
 * p%. Exemptions make no demand: whoever does not grant them hides more.
 */
public enum Demand {
    RISK_ASSESSMENT(Dimension.THRESHOLD, "small counts are assessed by people, not hidden by a threshold"),
    NO_THRESHOLD(Dimension.THRESHOLD, "no count is hidden, other methods protect small ones"),
    OWNERS(Dimension.THRESHOLD, "a least number of owners"),
    MISSING_VALUES(Dimension.THRESHOLD, "missing values as a class of their own"),
    GROUP_SHARE(Dimension.ZEROS, "no cell may have nearly all of its row or column"),
    PERTURBED_ZEROS(Dimension.ZEROS, "zeros are perturbed"),
    GRADUATED_ROUNDING(Dimension.ROUNDING_BASE, "a rounding base that grows with the count"),
    MIDPOINT_ROUNDING(Dimension.ROUNDING_MODE, "rounding to the midpoint of an interval"),
    RANDOM_ROUNDING(Dimension.ROUNDING_MODE, "random rounding"),
    CELL_KEYS(Dimension.ROUNDING_MODE, "perturbation by cell keys"),
    AREA_RULES(Dimension.GEOGRAPHY, "rules by area"),
    SIGNIFICANT_DIGITS(Dimension.DERIVED_STATISTICS, "a greatest number of significant digits"),
    PRIOR_POSTERIOR(Dimension.DERIVED_STATISTICS, "the (p,q) rule for sums"),
    REQUESTS(Dimension.DERIVED_STATISTICS, "the request rule for sums"),
    MODELS(Dimension.DERIVED_STATISTICS, "degrees of freedom, leverage or numbers at risk of models");

    private final Dimension dimension;
    private final String words;

    Demand(Dimension dimension, String words) {
        this.dimension = dimension;
        this.words = words;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** "rounding mode: random rounding". */
    public String words() {
        return dimension.words() + ": " + words;
    }

    /** What {@link io.weir.disclosure.DisclosureRules} meets by its checks. */
    public static Set<Demand> metByChecks() {
        return EnumSet.of(OWNERS, MISSING_VALUES, GROUP_SHARE, PRIOR_POSTERIOR, REQUESTS, MODELS);
    }
}
