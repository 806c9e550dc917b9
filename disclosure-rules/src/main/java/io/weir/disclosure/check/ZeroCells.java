package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Where zeros are hidden: fails for an empty measure, because it says something about everybody in the cell: that none of them has the
 * attribute. That all of them have it is {@link ClassDisclosure}.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 5.2, group attribute disclosure.
 */
public final class ZeroCells implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        if (appetite.zeros() == ZeroRule.SHOWN) {
            return new Verdict.Pass();
        }
        Long units = cell.row().units();
        Long contributing = cell.evidence().contributingUnits();
        if (units == null || contributing == null) {
            return cell.lacks(Rule.ZERO_CELL, "the number of subjects is unknown");
        }
        if (units == 0
                || contributing == 0
                || cell.nonZero().filter(some -> some == 0).isPresent()) {
            return cell.fails(Rule.ZERO_CELL, "Nobody contributes, and the profile protects zeros.");
        }
        return new Verdict.Pass();
    }
}
