package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.check.Cell;
import io.weir.disclosure.check.Checks;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.verdict.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * The findings of every cell, by row and measure; a cell without findings passed all checks.
 *
 * @param findings outer list by row, inner list by measure
 */
record PrimarySuppression(List<List<List<Finding>>> findings) {

    static PrimarySuppression of(EvidenceTable table, RiskAppetite appetite) {
        List<List<List<Finding>>> findings = new ArrayList<>();
        for (EvidenceRow row : table.rows()) {
            List<List<Finding>> byMeasure = new ArrayList<>();
            for (int measure = 0; measure < table.measures().size(); measure++) {
                Cell cell = new Cell(
                        row, table.measures().get(measure), row.evidence().get(measure));
                byMeasure.add(Checks.findings(cell, appetite));
            }
            findings.add(List.copyOf(byMeasure));
        }
        return new PrimarySuppression(List.copyOf(findings));
    }

    List<Finding> of(int row, int measure) {
        return findings.get(row).get(measure);
    }
}
