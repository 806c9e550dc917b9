package io.weir.disclosure.check;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Fails when the n largest contributors make up the share k of a sum or more; contributions count by their absolute values. Applies to
 * sums, to the records of which a position is the mean, and to what a concentration is measured of. A sum for which the appetite has no rule at
 * all goes to review.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 4, (n,k) rule; absolute values as in the ABS DataLab output
 * rules.
 */
public final class NkDominance implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        if (!cell.canBeDominated()) {
            return new Verdict.Pass();
        }
        if (!appetite.judgesSums()) {
            return cell.lacks(Rule.NK_DOMINANCE, "the profile has no rule for sums");
        }
        BigDecimal largest = cell.evidence().largest();
        BigDecimal second = cell.evidence().secondLargest();
        BigDecimal total = cell.evidence().absoluteTotal();
        for (Dominance rule : appetite.dominance()) {
            if (largest == null || second == null || total == null) {
                return cell.lacks(Rule.NK_DOMINANCE, "the largest contributions are unknown");
            }
            BigDecimal top = rule.contributors() == 1 ? largest : largest.add(second);
            if (top.compareTo(total) > 0) {
                return cell.lacks(Rule.NK_DOMINANCE, "contributions exceed their total");
            }
            // All contributions zero: nobody dominates, and the p% rule and the threshold still speak.
            if (total.signum() > 0 && top.compareTo(rule.share().multiply(total)) >= 0) {
                return cell.fails(
                        Rule.NK_DOMINANCE, "Too large a share of the sum comes from the largest contributors.");
            }
        }
        return new Verdict.Pass();
    }
}
