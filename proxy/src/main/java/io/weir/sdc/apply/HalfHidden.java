package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.ToldCell;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of which one measure is hidden and another shown. Where a row has few units all its measures are hidden: that one is shown tells of the others that they are
 * not hidden for that. The audit takes all that are not few for known not to be.
 */
final class HalfHidden {
    private HalfHidden() {}

    /** Whether a cell is shown. */
    @FunctionalInterface
    interface Shown {
        boolean test(int row, int measure);
    }

    /** What follows for the hidden counts of rows in which something is shown that enough units contribute to. */
    static List<ToldCell> told(EvidenceTable table, Rules rules, Shown shown) {
        List<ToldCell> told = new ArrayList<>();
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        int width = table.measures().size();
        for (int row = 0; row < table.rows().size(); row++) {
            if (!tells(table, row, rules, shown)) {
                continue;
            }
            for (int m = 0; m < width; m++) {
                BigDecimal value = table.evidence(row, m).value();
                if (!shown.test(row, m)
                        && table.measures().get(m).kind().isCount()
                        && value != null
                        && value.compareTo(threshold) >= 0) {
                    told.add(new ToldCell(row, m, threshold, null, true));
                }
            }
        }
        return told;
    }

    /** The same of all rows that are not of few: whatever is shown of them, no more follows. */
    static List<ToldCell> ofAll(EvidenceTable table, Rules rules) {
        List<ToldCell> told = new ArrayList<>();
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        for (int row = 0; row < table.rows().size(); row++) {
            for (int m = 0; m < table.measures().size(); m++) {
                BigDecimal value = table.evidence(row, m).value();
                if (table.measures().get(m).kind().isCount() && value != null && value.compareTo(threshold) >= 0) {
                    told.add(new ToldCell(row, m, threshold, null, true));
                }
            }
        }
        return told;
    }

    private static boolean tells(EvidenceTable table, int row, Rules rules, Shown shown) {
        for (int m = 0; m < table.measures().size(); m++) {
            Long units = table.evidence(row, m).contributingUnits();
            if (shown.test(row, m) && units != null && units >= rules.appetite().threshold()) {
                return true;
            }
        }
        return false;
    }
}
