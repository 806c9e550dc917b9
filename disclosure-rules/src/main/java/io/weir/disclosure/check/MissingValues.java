package io.weir.disclosure.check;

import io.weir.disclosure.appetite.MissingRule;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.MissingUnits;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Where the profile asks: people whose value is missing are a class of their own. One to k-1 of them fail, or any of them are shown to a
 * person. For an aggregate over its whole cell they are those who do not contribute; for an arm the evidence must count them apart.
 *
 * <p>Source: AI-SDC, ACRO, missing values check (review); Handbook on Statistical Disclosure Control (2nd ed.), section 6.6, missing values
 * are stated apart to avoid differencing.
 */
public final class MissingValues implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        MissingRule rule = appetite.further().missing();
        if (rule == MissingRule.NOT_CHECKED || !usesValues(cell)) {
            return new Verdict.Pass();
        }
        Long missing = missing(cell);
        if (missing == null || missing < 0) {
            return cell.lacks(Rule.MISSING_VALUES, "the number of missing values is unknown");
        }
        return switch (rule) {
            case NOT_CHECKED -> new Verdict.Pass();
            case OWN_CLASS ->
                MinimumFrequency.isFew(missing, appetite)
                        ? cell.fails(Rule.MISSING_VALUES, "The value is missing for fewer subjects than the threshold.")
                        : new Verdict.Pass();
            case REVIEWED ->
                missing > 0
                        ? cell.asks(Rule.MISSING_VALUES, "Values are missing; a person decides whether that is meant.")
                        : new Verdict.Pass();
        };
    }

    /** Subjects and their records are counted whether or not anything about them is known. */
    private static boolean usesValues(Cell cell) {
        return switch (cell.measure().kind()) {
            case UNITS, ROWS, RECORDS -> cell.measure().presence();
            case SUM, DISTINCT_VALUES, POSITION, STATISTIC -> true;
        };
    }

    private static @Nullable Long missing(Cell cell) {
        MissingUnits known = cell.evidence().particular(MissingUnits.class).orElse(null);
        if (known != null) {
            return known.units();
        }
        Long units = cell.row().units();
        Long contributing = cell.evidence().contributingUnits();
        boolean apart = cell.measure().conditional() && !cell.measure().presence();
        return apart || units == null || contributing == null ? null : Long.valueOf(units - contributing);
    }
}
