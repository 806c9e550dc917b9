package io.weir.sdc.apply;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.cellkey.CountPerturbation;
import io.weir.disclosure.cellkey.PerturbationTable;
import io.weir.disclosure.preset.CountRounding;
import io.weir.disclosure.preset.Demand;
import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Threshold;
import io.weir.disclosure.rounding.GraduatedRounding;
import io.weir.disclosure.rounding.MidpointRounding;
import io.weir.disclosure.rounding.RandomRounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A profile as it is applied to a table.
 *
 * @param preset all of it
 * @param appetite for the rules
 * @param counts what becomes of counts that are shown
 */
public record Rules(Preset preset, RiskAppetite appetite, CountMethod counts) {
    private static final int GREATEST_POWER = 15;

    /** Whether small counts are hidden at all. */
    public boolean hasThreshold() {
        return !(preset.threshold() instanceof Threshold.None);
    }

    /** The profile, or why it cannot be applied. */
    public sealed interface Applied {
        /** It can. */
        record Fine(Rules rules) implements Applied {}

        /**
         * It cannot.
         *
         * @param sentence for people: what is missing, and what can be done
         */
        record Refused(String sentence) implements Applied {}
    }

    /**
     * @param measures of the table
     * @param keys whether the keys of the units are known: records, and a secret
     * @param noise the perturbation table of cell keys; null when there is none
     */
    public static Applied of(Preset preset, List<Measure> measures, boolean keys, @Nullable PerturbationTable noise) {
        boolean sums = measures.stream().anyMatch(measure -> measure.kind() == MeasureKind.SUM);
        boolean records = measures.stream().anyMatch(measure -> measure.kind() == MeasureKind.ROWS);
        Set<Demand> met = met(preset, sums, keys, noise);
        Set<Demand> open = preset.demands();
        open.removeAll(met);
        if (!open.isEmpty()) {
            return new Applied.Refused("the profile '" + preset.name() + "' asks for what cannot be applied here: "
                    + String.join("; ", open.stream().map(Demand::words).toList()) + help(open));
        }
        CountMethod counts = counts(preset, noise);
        if (preset.threshold() instanceof Threshold.None && preset.rules().zeros() == ZeroRule.HIDDEN) {
            return new Applied.Refused(
                    "the profile '" + preset.name()
                            + "' has no threshold and hides zeros: without a threshold no count is hidden. Write zeros: shown, or a threshold");
        }
        if (records && counts instanceof CountMethod.CellByCell) {
            return new Applied.Refused(
                    "the profile '" + preset.name() + "' has " + counts.words()
                            + ", which is for counts of units: it would not hide a unit with many records. Leave counts of records out");
        }
        return new Applied.Fine(new Rules(preset, preset.appetite(met), counts));
    }

    private static Set<Demand> met(Preset preset, boolean sums, boolean keys, @Nullable PerturbationTable noise) {
        Set<Demand> met = EnumSet.copyOf(Demand.metByChecks());
        boolean changesSmallCounts = false;
        switch (preset.rounding()) {
            case CountRounding.Exact exact -> {}
            case CountRounding.Nearest nearest -> {}
            case CountRounding.Graduated graduated -> {
                if (graduated.bands().getFirst().from() <= preset.rules().threshold()) {
                    met.add(Demand.GRADUATED_ROUNDING);
                }
                // Counts are rounded to as many digits; sums would have to be, too.
                if (!sums || !preset.rules().judgesSums()) {
                    met.add(Demand.SIGNIFICANT_DIGITS);
                }
            }
            case CountRounding.Midpoint midpoint -> {
                met.add(Demand.MIDPOINT_ROUNDING);
                changesSmallCounts = true;
            }
            case CountRounding.Random random -> {
                if (keys) {
                    met.add(Demand.RANDOM_ROUNDING);
                }
                changesSmallCounts = true;
            }
            case CountRounding.CellKeys cellKeys -> {
                if (keys && noise != null) {
                    met.add(Demand.CELL_KEYS);
                }
                changesSmallCounts = true;
            }
        }
        if (changesSmallCounts) {
            met.add(Demand.NO_THRESHOLD);
        }
        return met;
    }

    private static String help(Set<Demand> open) {
        StringBuilder help = new StringBuilder();
        if (open.contains(Demand.CELL_KEYS)) {
            help.append(
                    ". Cell keys need records (form: records), --secret, and a perturbation table in a profile of your own");
        }
        if (open.contains(Demand.RANDOM_ROUNDING)) {
            help.append(
                    ". Random rounding needs records (form: records) and --secret, so that the same people are always rounded alike");
        }
        if (open.size() > 1 || help.isEmpty()) {
            help.append(
                    ". A profile of your own, under a name of its own, may extend it and say otherwise where it has a key for that");
        }
        return help.toString();
    }

    private static CountMethod counts(Preset preset, @Nullable PerturbationTable noise) {
        boolean hides = !(preset.threshold() instanceof Threshold.None);
        return switch (preset.rounding()) {
            case CountRounding.Exact exact -> new CountMethod.ByTheRules("no rounding of counts");
            case CountRounding.Nearest nearest ->
                new CountMethod.ByTheRules("rounding of counts to the nearest " + nearest.base());
            case CountRounding.Graduated graduated ->
                new CountMethod.CellByCell(
                        "graduated rounding", new CountMethod.Rounded(graduated(graduated)), hides, false);
            case CountRounding.Midpoint midpoint ->
                new CountMethod.CellByCell(
                        "rounding to the midpoint of " + midpoint.base(),
                        new CountMethod.Rounded(new MidpointRounding(midpoint.base())),
                        hides,
                        false);
            case CountRounding.Random random ->
                new CountMethod.CellByCell(
                        "random rounding to base " + random.base(),
                        new CountMethod.Rounded(new RandomRounding(random.base())),
                        hides,
                        true);
            case CountRounding.CellKeys keys -> {
                if (noise == null) {
                    throw new IllegalStateException("Cell keys were not asked for");
                }
                yield new CountMethod.CellByCell(
                        "noise by cell keys", new CountMethod.Noisy(new CountPerturbation(noise)), hides, true);
            }
        };
    }

    /** The preset's bands, and beyond the last one powers of ten with as many digits. Halves to even: S. Garfinkel (2019), simsong/drb_rounder. */
    private static GraduatedRounding graduated(CountRounding.Graduated graduated) {
        List<GraduatedRounding.Band> bands = new ArrayList<>();
        graduated.bands().forEach(band -> bands.add(new GraduatedRounding.Band(band.from(), band.base())));
        Integer digits = graduated.significantDigits();
        if (digits != null) {
            long last = bands.getLast().from();
            for (int power = digits; power <= GREATEST_POWER; power++) {
                long from = BigInteger.TEN.pow(power).longValueExact();
                if (from > last) {
                    bands.add(new GraduatedRounding.Band(
                            from, BigInteger.TEN.pow(power - digits + 1).longValueExact()));
                }
            }
        }
        return new GraduatedRounding(bands, RoundingMode.HALF_EVEN);
    }
}
