package io.weir.disclosure.preset;

import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.MissingRule;
import io.weir.disclosure.appetite.RiskAppetite;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A publisher's rules in seven dimensions: threshold, zeros (both also in {@code rules}), marker, rounding base and mode, geography, derived
 * statistics. A preset is applied whole or not at all: {@link #appetite} is for engines that meet its demands.
 *
 * @param name what policies write
 * @param title for people
 * @param source where the rules are published
 * @param asOf year and month of the rules, or of the day they were read
 * @param rules threshold, zeros, base of nearest rounding, rules for sums and further rules, as data; without a threshold its number is the least
 *     that an appetite may have, and with another rounding its base is 1
 * @param threshold how small counts are decided on
 * @param marker what the publisher prints for a hidden cell
 * @param rounding of counts
 * @param geography where the rules hold
 * @param derived what is said about derived statistics
 * @param notProtected what these rules leave open, one sentence each
 */
public record Preset(
        String name,
        String title,
        String source,
        String asOf,
        RiskAppetite rules,
        Threshold threshold,
        Marker marker,
        CountRounding rounding,
        Geography geography,
        DerivedStatistics derived,
        List<String> notProtected) {
    public Preset {
        notProtected = List.copyOf(notProtected);
        if (notProtected.isEmpty()) {
            throw new IllegalArgumentException("A preset states what it does not protect: " + name);
        }
        if (rules.countBase() != (rounding instanceof CountRounding.Nearest nearest ? nearest.base() : 1)) {
            throw new IllegalArgumentException("Two rounding bases in " + name);
        }
    }

    /** The appetite for {@link io.weir.disclosure.DisclosureRules}. @throws IllegalStateException when the preset asks for more */
    public RiskAppetite appetite() {
        return appetite(Demand.metByChecks());
    }

    /**
     * The appetite for an engine.
     *
     * @param met what the engine does beside an appetite
     * @throws IllegalStateException when the preset asks for more; the message names the dimensions
     */
    public RiskAppetite appetite(Set<Demand> met) {
        Set<Demand> open = demands();
        open.removeAll(met);
        if (!open.isEmpty()) {
            throw new IllegalStateException("The preset " + name + " asks for what cannot be applied here: "
                    + open.stream().map(Demand::words).collect(Collectors.joining("; ")));
        }
        return rules;
    }

    /** What the preset asks for beyond an appetite without further rules. A new set at each call. */
    public Set<Demand> demands() {
        Set<Demand> demands = EnumSet.noneOf(Demand.class);
        switch (threshold) {
            case Threshold.ByCount count -> {}
            case Threshold.ByAssessment assessment -> demands.add(Demand.RISK_ASSESSMENT);
            case Threshold.None none -> demands.add(Demand.NO_THRESHOLD);
        }
        switch (rounding) {
            case CountRounding.Exact exact -> {}
            case CountRounding.Nearest nearest -> {}
            case CountRounding.Graduated graduated -> demands.add(Demand.GRADUATED_ROUNDING);
            case CountRounding.Midpoint midpoint -> demands.add(Demand.MIDPOINT_ROUNDING);
            case CountRounding.Random random -> demands.add(Demand.RANDOM_ROUNDING);
            case CountRounding.CellKeys keys -> {
                demands.add(Demand.CELL_KEYS);
                when(keys.zerosPerturbed(), Demand.PERTURBED_ZEROS, demands);
            }
        }
        when(geography == Geography.RULES_BY_AREA, Demand.AREA_RULES, demands);
        when(
                derived instanceof DerivedStatistics.FromRounded rounded && rounded.significantDigits() != null,
                Demand.SIGNIFICANT_DIGITS,
                demands);
        addFurther(rules.further(), demands);
        return demands;
    }

    private static void addFurther(FurtherRules further, Set<Demand> demands) {
        when(further.owners() != null, Demand.OWNERS, demands);
        when(further.missing() != MissingRule.NOT_CHECKED, Demand.MISSING_VALUES, demands);
        when(further.groupShare() != null, Demand.GROUP_SHARE, demands);
        when(further.priorPosterior() != null, Demand.PRIOR_POSTERIOR, demands);
        when(further.requestShare() != null, Demand.REQUESTS, demands);
        boolean models = further.degreesOfFreedom() != null || further.leverage() != null || further.atRisk() != null;
        when(models, Demand.MODELS, demands);
    }

    private static void when(boolean holds, Demand demand, Set<Demand> demands) {
        if (holds) {
            demands.add(demand);
        }
    }
}
