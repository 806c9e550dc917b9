package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Fails for a cell that has the profile's share or more of the subjects of its row, column or other margin: who is known to be in the margin
 * is then known, or nearly known, to be in the cell. All measures of the cell fail. A margin with a single part fails, too: all are in it.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 5.2, group attribute disclosure, which is about all of a group; that a
 * profile may ask for less than all is this library's.
 */
public final class GroupDisclosure implements TableCheck {
    @Override
    public List<Finding> judge(EvidenceTable table, RiskAppetite appetite) {
        BigDecimal share = appetite.further().groupShare();
        List<Finding> findings = new ArrayList<>();
        if (share == null) {
            return findings;
        }
        for (MarginEquation margin : table.margins()) {
            if (margin.left().size() == 1) {
                judge(table, margin.left().getFirst(), margin.right(), true, share, findings);
            }
            if (margin.right().size() == 1) {
                judge(
                        table,
                        margin.right().getFirst(),
                        margin.left(),
                        margin.left().size() > 1,
                        share,
                        findings);
            }
        }
        return findings.stream().distinct().toList();
    }

    private static void judge(
            EvidenceTable table,
            int whole,
            List<Integer> parts,
            boolean opposite,
            BigDecimal share,
            List<Finding> findings) {
        EvidenceRow margin = table.rows().get(whole);
        for (int part : parts) {
            EvidenceRow row = table.rows().get(part);
            if (!isPart(row.address(), margin.address(), opposite)) {
                continue;
            }
            Long of = margin.units();
            Long units = row.units();
            if (of == null || units == null) {
                add(table, row, "Cannot be judged: the size of a margin or of its part is unknown.", findings);
            } else if (units > 0 && ClassDisclosure.reaches(units, of, share)) {
                add(table, row, "Nearly everybody of a margin is in the cell.", findings);
            }
        }
    }

    /**
     * The same cell asked for twice is no part of itself, and the total is no part of the only cell that it has. With hierarchies a whole has as
     * many keys as its parts; it stands on the left, or opposite to several.
     */
    private static boolean isPart(Address part, Address whole, boolean opposite) {
        int order = Integer.compare(part.keys().size(), whole.keys().size());
        return order > 0 || (order == 0 && opposite && part.groupingSet() == whole.groupingSet());
    }

    private static void add(EvidenceTable table, EvidenceRow row, String sentence, List<Finding> findings) {
        for (Measure measure : table.measures()) {
            findings.add(new Finding(Rule.CLASS_DISCLOSURE, row.address(), measure.name(), sentence));
        }
    }
}
