package io.weir.sdc.apply;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.Population;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows that are left out of what is published, because not everybody knows that they exist: that they do would tell of somebody. Who knows their codes from
 * elsewhere sees that they are left out, and so that they have few units, and that rows with markers have not. The audit takes that for known.
 */
final class LeftOut {
    private LeftOut() {}

    /** Where small counts are hidden: rows of few units, and those of which it is not known. */
    static Set<Integer> few(StatedTable table, Rules rules) {
        Set<Integer> few = new TreeSet<>();
        List<EvidenceRow> rows = table.evidence().rows();
        for (int row = 0; !table.description().keysArePublic() && row < rows.size(); row++) {
            Long units = rows.get(row).units();
            boolean nobody = units != null && units == 0;
            if (units == null
                    || (nobody
                            ? rules.appetite().zeros() == ZeroRule.HIDDEN
                            : units < rules.appetite().threshold())) {
                few.add(row);
            }
        }
        return few;
    }

    /** Where no count is hidden: rows without a count above zero in print, which look like rows that nobody is in. */
    static Set<Integer> likeNobody(StatedTable table, List<Assessment.Row> rows) {
        Set<Integer> like = new TreeSet<>();
        for (int row = 0; !table.description().keysArePublic() && row < rows.size(); row++) {
            if (rows.get(row).cells().stream().noneMatch(LeftOut::isSomebody)) {
                like.add(row);
            }
        }
        return like;
    }

    private static boolean isSomebody(Protected cell) {
        return cell instanceof Protected.Shown shown
                && shown.value() != null
                && shown.value().signum() > 0;
    }

    /** What follows for the counts of each row from being left out, or from not being. */
    static List<ToldCell> told(StatedTable table, Rules rules, Set<Integer> leftOut) {
        if (table.description().keysArePublic()) {
            return List.of();
        }
        List<ToldCell> told = new ArrayList<>();
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        List<Measure> measures = table.evidence().measures();
        for (int row = 0; row < table.places().size(); row++) {
            for (int m = 0; m < measures.size(); m++) {
                BigDecimal value = table.evidence().evidence(row, m).value();
                boolean left = leftOut.contains(row);
                boolean few = value != null && value.compareTo(threshold) < 0;
                if (left && few && measures.get(m).kind() == MeasureKind.UNITS) {
                    told.add(new ToldCell(row, m, null, threshold.subtract(BigDecimal.ONE), true));
                } else if (!left
                        && value != null
                        && !few
                        && measures.get(m).kind().isCount()) {
                    told.add(new ToldCell(row, m, threshold, null, isAllowed(table, rules, row)));
                }
            }
        }
        return told;
    }

    /**
     * Whether it may be known that a row has not few units: where its population is known and hardly larger, that nearly all of it are in the row would be known,
     * too.
     */
    static boolean isAllowed(StatedTable table, Rules rules, int row) {
        Long population = table.description().population() instanceof Population.OfTheTotal
                ? null
                : table.evidence().rows().get(row).populationUnits();
        return population == null || population >= 2L * rules.appetite().threshold();
    }
}
