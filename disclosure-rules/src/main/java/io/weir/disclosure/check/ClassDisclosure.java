package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Fails for an arm that covers its whole cell where zeros are hidden, and for one that reaches the profile's share of its cell: who is known to
 * be in the cell is then known, or nearly known, to be in the arm. That nobody is in the arm is {@link ZeroCells}, that few are not is {@link
 * Complement}. An arm whose only condition is that a value is known says nothing about anybody.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 5.2, group attribute disclosure; the share is this
 * library's.
 */
public final class ClassDisclosure implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        BigDecimal share = appetite.further().groupShare();
        boolean whole = appetite.zeros() == ZeroRule.HIDDEN;
        boolean asks = share != null || whole;
        if (!asks || !cell.measure().conditional() || cell.measure().presence()) {
            return new Verdict.Pass();
        }
        Long units = cell.row().units();
        Long contributing = cell.evidence().contributingUnits();
        if (units == null || contributing == null) {
            return cell.lacks(Rule.CLASS_DISCLOSURE, "the number of subjects is unknown");
        }
        if (contributing == 0) {
            return new Verdict.Pass();
        }
        if (whole && contributing.equals(units)) {
            return cell.fails(
                    Rule.CLASS_DISCLOSURE, "Everybody in the cell contributes, and the profile protects zeros.");
        }
        return share != null && reaches(contributing, units, share)
                ? cell.fails(Rule.CLASS_DISCLOSURE, "Nearly everybody in the cell contributes.")
                : new Verdict.Pass();
    }

    static boolean reaches(long part, long whole, BigDecimal share) {
        return BigDecimal.valueOf(part).compareTo(share.multiply(BigDecimal.valueOf(whole))) >= 0;
    }
}
