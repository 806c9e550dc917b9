package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails when one to k-1 subjects make up the cell, or contribute to the measure, or to a sum anything but zero. Zero is left to {@link ZeroCells}.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 4, minimum frequency rule; applied to subjects, not rows.
 */
public final class MinimumFrequency implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Long units = cell.row().units();
        Long contributing = cell.evidence().contributingUnits();
        if (units == null || contributing == null) {
            return cell.lacks(Rule.MINIMUM_FREQUENCY, "the number of subjects is unknown");
        }
        if (contributing > units) {
            return cell.lacks(Rule.MINIMUM_FREQUENCY, "more subjects contribute than the cell has");
        }
        if (isFew(units, appetite)) {
            return cell.fails(Rule.MINIMUM_FREQUENCY, "The cell has fewer subjects than the threshold.");
        }
        if (isFew(contributing, appetite)) {
            return cell.fails(Rule.MINIMUM_FREQUENCY, "Fewer subjects than the threshold contribute to the measure.");
        }
        if (cell.nonZero().filter(some -> isFew(some, appetite)).isPresent()) {
            return cell.fails(
                    Rule.MINIMUM_FREQUENCY,
                    "Fewer subjects than the threshold contribute anything but zero to the sum.");
        }
        return new Verdict.Pass();
    }

    static boolean isFew(long units, RiskAppetite appetite) {
        return units > 0 && units < appetite.threshold();
    }
}
