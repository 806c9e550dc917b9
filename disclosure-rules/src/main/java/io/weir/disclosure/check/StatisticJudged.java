package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.StatisticEvidence;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/** Asks for a review of a statistic that comes without evidence of its own: then no check has looked at what is special about it. */
public final class StatisticJudged implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        boolean judged = cell.evidence().particular(StatisticEvidence.class).isPresent();
        return cell.measure().kind() == MeasureKind.STATISTIC && !judged
                ? cell.lacks(Rule.MANUAL_REVIEW, "no check knows this kind of figure")
                : new Verdict.Pass();
    }
}
