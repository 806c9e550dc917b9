package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.check.Cell;
import io.weir.disclosure.check.Checks;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.WithheldCell;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The findings of every cell, by row and measure; a cell without findings passed all checks.
 *
 * @param findings outer list by row, inner list by measure
 */
record PrimarySuppression(List<List<List<Finding>>> findings) {
    private static final String WITHHELD = "Beside other figures it would tell what few people contribute.";
    private static final String WITH_ITS_ROW = "Hidden so that another hidden cell cannot be worked out.";

    static PrimarySuppression of(EvidenceTable table, RiskAppetite appetite) {
        List<List<List<Finding>>> findings = new ArrayList<>();
        Map<List<Integer>, Rule> withheld = table.withheld().stream()
                .collect(Collectors.toMap(c -> List.of(c.row(), c.measure()), WithheldCell::because, (a, b) -> a));
        Map<List<Object>, List<Finding>> comparing = Checks.findings(table, appetite).stream()
                .collect(Collectors.groupingBy(f -> List.of(f.address(), f.measure())));
        for (int index = 0; index < table.rows().size(); index++) {
            EvidenceRow row = table.rows().get(index);
            List<List<Finding>> byMeasure = new ArrayList<>();
            for (int measure = 0; measure < table.measures().size(); measure++) {
                Cell cell = new Cell(
                        row, table.measures().get(measure), row.evidence().get(measure));
                List<Finding> found = new ArrayList<>(Checks.findings(cell, appetite));
                if (!comparing.isEmpty()) {
                    found.addAll(comparing.getOrDefault(
                            List.<Object>of(row.address(), cell.measure().name()), List.of()));
                }
                Rule because = withheld.get(List.of(index, measure));
                if (because != null) {
                    String why = because == Rule.COMPLEMENTARY ? WITH_ITS_ROW : WITHHELD;
                    found.add(new Finding(because, row.address(), cell.measure().name(), why));
                }
                byMeasure.add(found);
            }
            findings.add(List.copyOf(byMeasure));
        }
        return new PrimarySuppression(List.copyOf(findings));
    }

    List<Finding> of(int row, int measure) {
        return findings.get(row).get(measure);
    }
}
