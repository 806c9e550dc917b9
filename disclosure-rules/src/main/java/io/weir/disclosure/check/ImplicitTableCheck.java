package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.ImplicitTable;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for an odds ratio, a relative risk or a test whose table has a cell that could not be shown: readers who know the margins work the
 * table out from the statistic. Empty cells fail where zeros are hidden.
 *
 * <p>Source: statbarn class of calculated ratios and the risk of implicit tables, AI-SDC, ACRO.
 */
public final class ImplicitTableCheck implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        ImplicitTable table = cell.evidence().particular(ImplicitTable.class).orElse(null);
        if (table == null) {
            return new Verdict.Pass();
        }
        boolean zeros = appetite.zeros() == ZeroRule.HIDDEN;
        return table.cells().stream().anyMatch(c -> MinimumFrequency.isFew(c, appetite) || (zeros && c == 0))
                ? cell.fails(Rule.IMPLICIT_TABLE, "A cell of the table behind the statistic could not be shown.")
                : new Verdict.Pass();
    }
}
