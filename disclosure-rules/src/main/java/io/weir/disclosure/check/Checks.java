package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The checks that every cell of a table, and every table, goes through, in the order in which findings are listed. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new MinimumFrequency(),
            new Complement(),
            new NkDominance(),
            new PPercent(),
            new PriorPosteriorRule(),
            new HoldingsCheck(),
            new RequestRule(),
            new EnoughNeighbours(),
            new ZeroCells(),
            new ClassDisclosure(),
            new MissingValues(),
            new DegreesOfFreedom(),
            new Leverage(),
            new SurvivalAtRisk(),
            new Extremes(),
            new ModalValue(),
            new ConcentrationCheck(),
            new ImplicitTableCheck(),
            new UnitLevelFigures(),
            new StatisticJudged(),
            new ValuePresent());
    private static final List<TableCheck> COMPARING = List.of(new GroupDisclosure());

    private Checks() {}

    /** Findings of all checks that did not pass; empty when the cell may be shown. A review counts like a failure. */
    public static List<Finding> findings(Cell cell, RiskAppetite appetite) {
        List<Finding> findings = List.of();
        for (Check check : ALL) {
            switch (check.judge(cell, appetite)) {
                case Verdict.Pass pass -> {}
                case Verdict.Review review -> findings = with(findings, review.finding());
                case Verdict.Fail fail -> findings = with(findings, fail.finding());
            }
        }
        return findings;
    }

    /** Most cells have no finding, and of a million of them each would make a list. */
    private static List<Finding> with(List<Finding> findings, Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return List.copyOf(more);
    }

    /** What each check says of a cell, in the order of the checks: whether it fails or could not be judged. */
    public static List<Verdict> verdicts(Cell cell, RiskAppetite appetite) {
        return ALL.stream().map(check -> check.judge(cell, appetite)).toList();
    }

    /** Findings that come from comparing the cells of a table. */
    public static List<Finding> findings(EvidenceTable table, RiskAppetite appetite) {
        return COMPARING.stream()
                .flatMap(check -> check.judge(table, appetite).stream())
                .toList();
    }
}
