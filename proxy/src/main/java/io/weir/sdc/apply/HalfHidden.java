package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Rows of another's table of which a count is hidden and something else is shown, be it zero or that nobody contributes. Where rows of few are hidden as a whole
 * readers know that such a row has not few units. Our own tables have none, see {@link WholeRows}.
 */
final class HalfHidden {
    private HalfHidden() {}

    /** What follows for the hidden counts of rows that have not few units. */
    static List<ToldCell> told(StatedTable table, Rules rules, BiPredicate<Integer, Integer> shown) {
        List<ToldCell> told = new ArrayList<>();
        EvidenceTable evidence = table.evidence();
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        int width = evidence.measures().size();
        for (int row = 0; row < evidence.rows().size(); row++) {
            Long units = evidence.rows().get(row).units();
            boolean inPart = false;
            for (int m = 0; m < width; m++) {
                inPart |= shown.test(row, m);
            }
            boolean many = units != null && units >= rules.appetite().threshold();
            for (int m = 0; inPart && many && m < width; m++) {
                BigDecimal value = evidence.evidence(row, m).value();
                if (!shown.test(row, m)
                        && evidence.measures().get(m).kind().isCount()
                        && value != null
                        && value.compareTo(threshold) >= 0) {
                    told.add(new ToldCell(row, m, threshold, null, LeftOut.isAllowed(table, rules, row)));
                }
            }
        }
        return told;
    }
}
