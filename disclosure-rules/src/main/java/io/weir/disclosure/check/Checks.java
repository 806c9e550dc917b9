package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * What all checks say of a table as it stands, but for those that passed: cell by cell in the order of rows and measures, then what comes from
     * comparing cells, which is a review where the row's subjects are unknown. Empty when each cell may be shown by itself.
     */
    public static List<Verdict> objections(EvidenceTable table, RiskAppetite appetite) {
        List<Verdict> objections = new ArrayList<>();
        for (EvidenceRow row : table.rows()) {
            for (int measure = 0; measure < table.measures().size(); measure++) {
                Cell cell = new Cell(
                        row, table.measures().get(measure), row.evidence().get(measure));
                verdicts(cell, appetite).stream()
                        .filter(verdict -> !(verdict instanceof Verdict.Pass))
                        .forEach(objections::add);
            }
        }
        List<Finding> comparing = findings(table, appetite);
        if (!comparing.isEmpty()) {
            Set<Address> unknown = table.rows().stream()
                    .filter(row -> row.units() == null)
                    .map(EvidenceRow::address)
                    .collect(Collectors.toSet());
            comparing.forEach(finding -> objections.add(
                    unknown.contains(finding.address()) ? new Verdict.Review(finding) : new Verdict.Fail(finding)));
        }
        return List.copyOf(objections);
    }

    /** Findings that come from comparing the cells of a table. */
    public static List<Finding> findings(EvidenceTable table, RiskAppetite appetite) {
        return COMPARING.stream()
                .flatMap(check -> check.judge(table, appetite).stream())
                .toList();
    }
}
