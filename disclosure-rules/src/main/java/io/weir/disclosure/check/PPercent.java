package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Fails when the second largest contributor, who subtracts the own contribution, can estimate the largest to within p: what the others
 * contribute is less than p times the largest. A single contributor always fails. Contributions count by their absolute values. Applies
 * to sums, and to the records of which a position is the mean.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 4, p% rule.
 */
public final class PPercent implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        BigDecimal p = appetite.priorPosterior();
        if (p == null
                || !cell.measure().kind().canBeDominated()
                || cell.evidence().isEmpty()) {
            return new Verdict.Pass();
        }
        Long contributing = cell.evidence().contributingUnits();
        BigDecimal largest = cell.evidence().largest();
        BigDecimal second = cell.evidence().secondLargest();
        BigDecimal total = cell.evidence().absoluteTotal();
        if (contributing == null || largest == null || second == null || total == null) {
            return cell.lacks(Rule.P_PERCENT, "the largest contributions are unknown");
        }
        BigDecimal others = total.subtract(largest).subtract(second);
        if (others.signum() < 0) {
            return cell.lacks(Rule.P_PERCENT, "contributions exceed their total");
        }
        if (contributing == 1 || others.compareTo(p.multiply(largest)) < 0) {
            return cell.fails(Rule.P_PERCENT, "The largest contribution could be estimated too closely.");
        }
        return new Verdict.Pass();
    }
}
