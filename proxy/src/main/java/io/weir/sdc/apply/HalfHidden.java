package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows of which one measure is hidden and another shown. Where a row has few units all its measures are hidden: that one is shown tells of the others that they are
 * not hidden for that. The audit takes all that are not few for known not to be.
 */
final class HalfHidden {
    private HalfHidden() {}

    /** What is to be known of a cell. */
    @FunctionalInterface
    interface Of {
        boolean test(int row, int measure);
    }

    /**
     * What follows for the hidden counts of rows in which something is shown that enough units contribute to.
     *
     * @param byRule whether a rule hides a cell: of one that only some of a row's units are in, no more follows
     */
    static List<ToldCell> told(StatedTable table, Rules rules, Of shown, Of byRule) {
        return told(table, rules, shown, byRule, row -> tells(table.evidence(), row, rules, shown));
    }

    /** The same of all rows that are not of few: whatever is shown of them, no more follows. */
    static List<ToldCell> ofAll(StatedTable table, Rules rules, Of byRule) {
        return told(table, rules, (row, m) -> false, byRule, row -> true);
    }

    private static List<ToldCell> told(StatedTable table, Rules rules, Of shown, Of byRule, IntPredicate tells) {
        List<ToldCell> told = new ArrayList<>();
        EvidenceTable evidence = table.evidence();
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        for (int row = 0; row < evidence.rows().size(); row++) {
            for (int m = 0; m < evidence.measures().size() && tells.test(row); m++) {
                BigDecimal value = evidence.evidence(row, m).value();
                if (!shown.test(row, m)
                        && evidence.measures().get(m).kind().isCount()
                        && value != null
                        && value.compareTo(threshold) >= 0
                        && (LeftOut.isOfTheRow(table, m) || !byRule.test(row, m))) {
                    told.add(new ToldCell(row, m, threshold, null, LeftOut.isAllowed(table, rules, row)));
                }
            }
        }
        return told;
    }

    private static boolean tells(EvidenceTable table, int row, Rules rules, Of shown) {
        for (int m = 0; m < table.measures().size(); m++) {
            Long units = table.evidence(row, m).contributingUnits();
            if (shown.test(row, m) && units != null && units >= rules.appetite().threshold()) {
                return true;
            }
        }
        return false;
    }
}
