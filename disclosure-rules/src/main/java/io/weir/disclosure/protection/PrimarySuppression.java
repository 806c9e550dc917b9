package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.check.Cell;
import io.weir.disclosure.check.Checks;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.WithheldCell;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The findings of every cell, by row and measure; a cell without findings passed all checks.
 *
 * @param findings one list a cell, row by row, measure by measure
 * @param width number of measures
 */
record PrimarySuppression(List<List<Finding>> findings, int width) {
    private static final String WITHHELD = "Beside other figures it would tell what few people contribute.";
    private static final String WITH_ITS_ROW = "Hidden so that another hidden cell cannot be worked out.";

    static PrimarySuppression of(EvidenceTable table, RiskAppetite appetite) {
        int width = table.measures().size();
        List<List<Finding>> findings = new ArrayList<>(table.rows().size() * width);
        Map<Place, Rule> withheld = table.withheld().stream()
                .collect(Collectors.toMap(c -> new Place(c.row(), c.measure()), WithheldCell::because, (a, b) -> a));
        Map<Named, List<Finding>> comparing = Checks.findings(table, appetite).stream()
                .collect(Collectors.groupingBy(f -> new Named(f.address(), f.measure())));
        for (int index = 0; index < table.rows().size(); index++) {
            EvidenceRow row = table.rows().get(index);
            for (int measure = 0; measure < width; measure++) {
                Cell cell = new Cell(
                        row, table.measures().get(measure), row.evidence().get(measure));
                List<Finding> found = Checks.findings(cell, appetite);
                if (!comparing.isEmpty()) {
                    found = with(
                            found,
                            comparing.getOrDefault(
                                    new Named(row.address(), cell.measure().name()), List.of()));
                }
                Rule because = withheld.isEmpty() ? null : withheld.get(new Place(index, measure));
                if (because != null) {
                    String why = because == Rule.COMPLEMENTARY ? WITH_ITS_ROW : WITHHELD;
                    found = with(
                            found,
                            List.of(new Finding(
                                    because, row.address(), cell.measure().name(), why)));
                }
                findings.add(found);
            }
        }
        return new PrimarySuppression(findings, width);
    }

    private static List<Finding> with(List<Finding> findings, List<Finding> more) {
        if (more.isEmpty()) {
            return findings;
        }
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return List.copyOf(all);
    }

    List<Finding> of(int row, int measure) {
        return findings.get(row * width + measure);
    }

    private record Place(int row, int measure) {}

    private record Named(Address address, String measure) {}
}
