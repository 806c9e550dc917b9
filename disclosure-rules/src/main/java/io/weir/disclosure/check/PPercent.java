package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Fails when the second largest contributor, who subtracts the own contribution, can estimate the largest to within p: what the others
 * contribute is less than p times the largest. A single contributor always fails. Contributions count by their absolute values. Applies
 * to sums, to the records of which a position is the mean, and to what a concentration is measured of.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 4, p% rule.
 */
public final class PPercent implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        BigDecimal p = appetite.priorPosterior();
        return p == null ? new Verdict.Pass() : judge(cell, p, Rule.P_PERCENT);
    }

    /** @param p what the others must contribute at least, as a share of the largest contribution */
    static Verdict judge(Cell cell, BigDecimal p, Rule rule) {
        if (!cell.canBeDominated()) {
            return new Verdict.Pass();
        }
        Long contributing = cell.evidence().contributingUnits();
        BigDecimal largest = cell.evidence().largest();
        BigDecimal second = cell.evidence().secondLargest();
        BigDecimal total = cell.evidence().absoluteTotal();
        if (contributing == null || largest == null || second == null || total == null) {
            return cell.lacks(rule, "the largest contributions are unknown");
        }
        BigDecimal others = total.subtract(largest).subtract(second);
        if (others.signum() < 0) {
            return cell.lacks(rule, "contributions exceed their total");
        }
        if (contributing == 1 || others.compareTo(p.multiply(largest)) < 0) {
            return cell.fails(rule, "The largest contribution could be estimated too closely.");
        }
        return new Verdict.Pass();
    }
}
