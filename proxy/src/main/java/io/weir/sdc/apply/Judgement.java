package io.weir.sdc.apply;

import io.weir.disclosure.check.Cell;
import io.weir.disclosure.check.Checks;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table as it stands, cell by cell. It is about what each cell would tell by itself and beside its margins' units; what hidden cells could be worked out from
 * is for {@link Protector}.
 *
 * @param cells by row and measure
 */
public record Judgement(List<List<JudgedCell>> cells) {
    public Judgement {
        cells = List.copyOf(cells);
    }

    /** How a cell or a table fares; the worst last. */
    public enum Status {
        /** It may be shown. */
        PASS,
        /** Something is not known, and a person has to look. */
        REVIEW,
        /** It is disclosive. */
        FAIL
    }

    /**
     * @param status the worst of its findings
     * @param findings empty when it passes
     */
    public record JudgedCell(Status status, List<Finding> findings) {
        public JudgedCell {
            findings = List.copyOf(findings);
        }
    }

    /** The worst cell. */
    public Status status() {
        return cells.stream()
                .flatMap(List::stream)
                .map(JudgedCell::status)
                .max(Enum::compareTo)
                .orElse(Status.PASS);
    }

    public long count(Status status) {
        return cells.stream()
                .flatMap(List::stream)
                .filter(cell -> cell.status() == status)
                .count();
    }

    /** Judges all cells. */
    public static Judgement of(EvidenceTable table, Rules rules) {
        Map<List<Object>, List<Finding>> comparing = Checks.findings(table, rules.appetite()).stream()
                .collect(Collectors.groupingBy(f -> List.of(f.address(), f.measure())));
        List<List<JudgedCell>> cells = new ArrayList<>();
        for (EvidenceRow row : table.rows()) {
            List<JudgedCell> judged = new ArrayList<>();
            for (int m = 0; m < table.measures().size(); m++) {
                Measure measure = table.measures().get(m);
                Cell cell = new Cell(row, measure, row.evidence().get(m));
                List<Finding> ofTable = comparing.isEmpty()
                        ? List.of()
                        : comparing.getOrDefault(List.<Object>of(row.address(), measure.name()), List.of());
                judged.add(rules.hasThreshold() ? judged(cell, rules, ofTable) : withoutThreshold(cell));
            }
            cells.add(List.copyOf(judged));
        }
        return new Judgement(cells);
    }

    private static JudgedCell judged(Cell cell, Rules rules, List<Finding> ofTable) {
        List<Finding> findings = new ArrayList<>();
        Status status = Status.PASS;
        for (Verdict verdict : Checks.verdicts(cell, rules.appetite())) {
            switch (verdict) {
                case Verdict.Pass pass -> {}
                case Verdict.Review review -> {
                    findings.add(review.finding());
                    status = status == Status.FAIL ? status : Status.REVIEW;
                }
                case Verdict.Fail fail -> {
                    findings.add(fail.finding());
                    status = Status.FAIL;
                }
            }
        }
        if (!ofTable.isEmpty()) {
            findings.addAll(ofTable);
            boolean unknown = cell.row().units() == null;
            status = unknown && status != Status.FAIL ? Status.REVIEW : Status.FAIL;
        }
        return new JudgedCell(status, findings);
    }

    /** Counts of units are protected by how they are changed, whatever they are; other numbers are not. */
    private static JudgedCell withoutThreshold(Cell cell) {
        boolean known = cell.evidence().value() != null || cell.evidence().isEmpty();
        if (cell.measure().kind() == MeasureKind.UNITS && known) {
            return new JudgedCell(Status.PASS, List.of());
        }
        String why = known ? "the profile has no threshold, and so no rule for this measure" : "the value is unknown";
        return new JudgedCell(
                Status.REVIEW,
                List.of(new Finding(
                        Rule.MANUAL_REVIEW,
                        cell.row().address(),
                        cell.measure().name(),
                        "Cannot be judged: " + why + ".")));
    }
}
