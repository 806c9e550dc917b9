package io.weir.sdc.read;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether margins are what their parts add up to. Units that may stand in several cells can add up to more, never to less; that is a note.
 *
 * @param table cells and margins
 * @param unitsInOneCell whether units add up
 * @param contradictions where they go
 */
record AddingUp(EvidenceTable table, boolean unitsInOneCell, Contradictions contradictions) {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-9");

    @FunctionalInterface
    interface Contradictions {
        void add(int row, String measure, String message);
    }

    List<String> notes() {
        Set<String> notes = new LinkedHashSet<>();
        for (MarginEquation margin : table.margins()) {
            for (int m = 0; m < table.measures().size(); m++) {
                BigDecimal left = sum(margin.left(), m);
                BigDecimal right = sum(margin.right(), m);
                if (left != null && right != null) {
                    compare(margin, table.measures().get(m), left, right, notes);
                }
            }
        }
        return new ArrayList<>(notes);
    }

    private void compare(MarginEquation margin, Measure measure, BigDecimal left, BigDecimal right, Set<String> notes) {
        BigDecimal difference = left.subtract(right).abs();
        if (difference.compareTo(TOLERANCE.multiply(left.abs().max(right.abs()))) <= 0) {
            return;
        }
        boolean several = measure.kind() == MeasureKind.UNITS && !unitsInOneCell;
        boolean leftIsWhole = margin.left().size() == 1;
        if (several
                && (leftIsWhole ? right.compareTo(left) > 0 : margin.right().size() > 1 || left.compareTo(right) > 0)) {
            notes.add(
                    "Of " + measure.name() + ", parts add up to more than their total: units stand in several cells.");
            return;
        }
        contradictions.add(
                leftIsWhole ? margin.left().getFirst() : margin.right().getFirst(),
                measure.name(),
                "the total does not add up: it is " + (leftIsWhole ? left : right).toPlainString() + ", and its parts "
                        + (leftIsWhole ? right : left).toPlainString());
    }

    private @Nullable BigDecimal sum(List<Integer> rows, int measure) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int row : rows) {
            BigDecimal value = table.evidence(row, measure).value();
            if (value == null && !table.evidence(row, measure).isEmpty()) {
                return null;
            }
            sum = value == null ? sum : sum.add(value);
        }
        return sum;
    }
}
