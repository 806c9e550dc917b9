package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The checks that every cell of a table goes through, in the order in which findings are listed. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new MinimumFrequency(),
            new Complement(),
            new NkDominance(),
            new PPercent(),
            new EnoughNeighbours(),
            new ZeroCells(),
            new ValuePresent());

    private Checks() {}

    /** Findings of all checks that did not pass; empty when the cell may be shown. A review counts like a failure. */
    public static List<Finding> findings(Cell cell, RiskAppetite appetite) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : ALL) {
            switch (check.judge(cell, appetite)) {
                case Verdict.Pass pass -> {}
                case Verdict.Review review -> findings.add(review.finding());
                case Verdict.Fail fail -> findings.add(fail.finding());
            }
        }
        return List.copyOf(findings);
    }
}
