package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails when one to k-1 subjects are all that is missing: from the cell to its population, or from the measure to its cell. Who knows
 * the whole learns about the rest by subtraction. Where zeros are hidden, a cell that nobody is missing from fails as well, unless it is its
 * population by structure; of a measure zero is left to {@link ZeroCells}.
 *
 * <p>Source: Denning, Denning and Schwartz (1979), The Tracker: query sets are bounded from above as well as from below.
 */
public final class Complement implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        if (!cell.measure().published()) {
            return new Verdict.Pass();
        }
        Long units = cell.row().units();
        Long population = cell.row().populationUnits();
        Long contributing = cell.evidence().contributingUnits();
        if (units == null || population == null || contributing == null) {
            return cell.lacks(Rule.COMPLEMENT, "the size of the complement is unknown");
        }
        if (population < units || units < contributing) {
            return cell.lacks(Rule.COMPLEMENT, "a part is larger than its whole");
        }
        long missing = missing(cell, population - units);
        // Where zeros are hidden, nobody missing must look like few missing: a condition may single one person out.
        boolean none = appetite.zeros() == ZeroRule.HIDDEN
                && missing == 0
                && !cell.row().everybody();
        if (none || MinimumFrequency.isFew(missing, appetite)) {
            return cell.fails(
                    Rule.COMPLEMENT, "Fewer subjects than the threshold are in the population but not in the cell.");
        }
        if (MinimumFrequency.isFew(units - contributing, appetite)) {
            return cell.fails(
                    Rule.COMPLEMENT,
                    "Fewer subjects than the threshold are in the cell but do not contribute to the measure.");
        }
        return new Verdict.Pass();
    }

    /** Of records and amounts it is what everybody has outside the cell that is missing; of people those who have nothing inside. */
    private static long missing(Cell cell, long people) {
        Long outside = cell.row().unitsOutside();
        return switch (cell.measure().kind()) {
            case UNITS, DISTINCT_VALUES -> people;
            case ROWS, RECORDS, SUM, POSITION, STATISTIC -> outside == null ? people : outside;
        };
    }
}
