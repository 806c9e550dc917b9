package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Asks for a review when the value itself cannot be right: unknown although somebody contributes, or at odds with the number of
 * contributors.
 */
public final class ValuePresent implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        BigDecimal value = cell.evidence().value();
        if (value == null) {
            // A position without a value has too few neighbours for one.
            return cell.evidence().isEmpty() || cell.measure().kind() == MeasureKind.POSITION
                    ? new Verdict.Pass()
                    : cell.lacks(Rule.MANUAL_REVIEW, "the value is unknown");
        }
        boolean contradicts = contradicts(cell, value);
        return contradicts ? cell.lacks(Rule.MANUAL_REVIEW, "the value contradicts its evidence") : new Verdict.Pass();
    }

    private static boolean contradicts(Cell cell, BigDecimal value) {
        Long contributing = cell.evidence().contributingUnits();
        if (contributing == null) {
            return false; // The minimum frequency check asks for the review.
        }
        int againstUnits = value.compareTo(BigDecimal.valueOf(contributing));
        return switch (cell.measure().kind()) {
            case UNITS -> againstUnits != 0;
            case ROWS, RECORDS -> againstUnits < 0 || !isWhole(value) || (contributing == 0 && againstUnits != 0);
            case DISTINCT_VALUES ->
                value.signum() < 0 || !isWhole(value) || (contributing == 0) != (value.signum() == 0);
            case SUM, POSITION, STATISTIC -> contributing == 0 && value.signum() != 0;
        };
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }
}
