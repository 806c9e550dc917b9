package io.weir.disclosure.check;

import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails when the second largest contributor, who knows the smaller contributions to within q already, can estimate the largest to within p:
 * what the others contribute is less than p/q times the largest. A single contributor always fails. Contributions count by their absolute
 * values; a q above one allows for contributions of either sign.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 4.2.2, the (p,q)-rule and negative contributions.
 */
public final class PriorPosteriorRule implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        PriorPosterior rule = appetite.further().priorPosterior();
        return rule == null ? new Verdict.Pass() : PPercent.judge(cell, rule.ratio(), Rule.PRIOR_POSTERIOR);
    }
}
