package io.weir.sdc.apply;

import io.weir.disclosure.evidence.WithheldCell;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.verdict.Rule;
import io.weir.sdc.read.StatedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Rows whose counts are hidden are hidden as a whole, and so are those that are left out: a number beside a hidden count would tell that the row has not few units,
 * or nearly all that it is a part of, whatever the number. Sums alone may be hidden beside shown counts.
 */
final class WholeRows {
    private WholeRows() {}

    /** Cells that are hidden by a finding of a count of their row, or with their row, before anything else is hidden. */
    static Set<WithheldCell> from(StatedTable table, Judgement judgement, Set<Integer> leftOut) {
        return Set.copyOf(beside(
                table,
                leftOut,
                (row, m) -> !judgement.cells().get(row).get(m).findings().isEmpty()));
    }

    /** Cells that an assessment shows beside hidden counts. */
    static List<WithheldCell> beside(StatedTable table, Set<Integer> leftOut, Assessment assessment) {
        return beside(table, leftOut, (row, m) -> assessment.cell(row, m) instanceof Protected.Hidden);
    }

    private static List<WithheldCell> beside(
            StatedTable table, Set<Integer> leftOut, BiPredicate<Integer, Integer> hidden) {
        List<WithheldCell> cells = new ArrayList<>();
        int width = table.evidence().measures().size();
        for (int row = 0; row < table.places().size(); row++) {
            boolean whole = leftOut.contains(row);
            for (int m = 0; m < width; m++) {
                whole |= table.evidence().measures().get(m).kind().isCount() && hidden.test(row, m);
            }
            for (int m = 0; whole && m < width; m++) {
                if (!hidden.test(row, m)) {
                    cells.add(new WithheldCell(row, m, Rule.COMPLEMENTARY));
                }
            }
        }
        return cells;
    }
}
