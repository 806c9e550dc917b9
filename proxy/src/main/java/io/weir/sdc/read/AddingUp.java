package io.weir.sdc.read;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.MeasureRelation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether margins are what their parts add up to. Units that may stand in several cells can add up to more; that is a note. Never is a total less than one
 * of its parts or more than all of them, nobody is counted who is not in the row, and no row has more units than its population.
 *
 * @param table cells and margins
 * @param unitsInOneCell whether units add up
 * @param contradictions where they go
 */
record AddingUp(EvidenceTable table, boolean unitsInOneCell, Contradictions contradictions) {
    private static final String UNITS = "units of the row";

    @FunctionalInterface
    interface Contradictions {
        void add(int row, String measure, String message);
    }

    /** A column of the table: a measure, or the units of its rows. */
    private record Column(String name, boolean units, IntFunction<@Nullable BigDecimal> value) {}

    List<String> notes() {
        Set<String> notes = new LinkedHashSet<>();
        List<Column> columns = columns();
        for (MarginEquation margin : table.margins()) {
            for (Column column : columns) {
                if (column.units() && !unitsInOneCell) {
                    bounded(margin.left(), margin.right(), column);
                    bounded(margin.right(), margin.left(), column);
                    overlapping(margin, column, notes);
                } else {
                    equal(margin, column);
                }
            }
        }
        for (int row = 0; row < table.rows().size(); row++) {
            rowFits(row);
            relationsHold(row);
        }
        return new ArrayList<>(notes);
    }

    /** Only what is said of measures: of records, whose margins are computed. */
    void relations() {
        for (int row = 0; row < table.rows().size(); row++) {
            relationsHold(row);
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int m = 0; m < table.measures().size(); m++) {
            int measure = m;
            columns.add(new Column(
                    "measure " + table.measures().get(m).name(),
                    table.measures().get(m).kind() == MeasureKind.UNITS,
                    row -> value(row, measure)));
        }
        columns.add(new Column(UNITS, true, this::units));
        return columns;
    }

    private void equal(MarginEquation margin, Column column) {
        BigDecimal left = sum(margin.left(), column);
        BigDecimal right = sum(margin.right(), column);
        if (left == null || right == null || isSame(left, right)) {
            return;
        }
        boolean leftIsWhole = margin.left().size() == 1;
        contradictions.add(
                leftIsWhole ? margin.left().getFirst() : margin.right().getFirst(),
                column.name(),
                "the total does not add up: it is " + (leftIsWhole ? left : right).toPlainString() + ", and its parts "
                        + (leftIsWhole ? right : left).toPlainString());
    }

    /** That none of some cells is more than all of others: a part of its total, and a total of its parts. */
    private void bounded(List<Integer> cells, List<Integer> others, Column column) {
        BigDecimal most = sum(others, column);
        for (int row : cells) {
            BigDecimal value = column.value().apply(row);
            if (most != null && value != null && value.compareTo(most) > 0 && !isSame(value, most)) {
                contradictions.add(
                        row,
                        column.name(),
                        "this is " + value.toPlainString() + ", and "
                                + (others.size() == 1 ? "the total that it is part of is " : "its parts are together ")
                                + most.toPlainString());
            }
        }
    }

    private void overlapping(MarginEquation margin, Column column, Set<String> notes) {
        BigDecimal left = sum(margin.left(), column);
        BigDecimal right = sum(margin.right(), column);
        if (left != null
                && right != null
                && !isSame(left, right)
                && !column.name().equals(UNITS)) {
            notes.add("Of " + column.name().substring("measure ".length())
                    + ", parts add up to more than their total: units stand in several cells.");
        }
    }

    private void rowFits(int index) {
        EvidenceRow row = table.rows().get(index);
        Long units = row.units();
        Long population = row.populationUnits();
        if (units == null) {
            return;
        }
        if (population != null && units > population) {
            contradictions.add(index, UNITS, "there are " + units + ", and " + population + " in the population");
        }
        for (int m = 0; m < table.measures().size(); m++) {
            BigDecimal value = table.evidence(index, m).value();
            if (table.measures().get(m).kind() == MeasureKind.UNITS
                    && value != null
                    && value.compareTo(BigDecimal.valueOf(units)) > 0) {
                contradictions.add(
                        index,
                        "measure " + table.measures().get(m).name(),
                        "it counts " + value.toPlainString() + " units, and the row has " + units);
            }
        }
    }

    /** What the description says of measures is so in every row. */
    private void relationsHold(int row) {
        for (MeasureRelation relation : table.relations()) {
            BigDecimal left = measures(relation.left(), row);
            BigDecimal right = measures(relation.right(), row);
            boolean equal = relation.order() == MeasureRelation.Order.EQUAL;
            if (left != null && right != null && (equal ? !isSame(left, right) : left.compareTo(right) > 0)) {
                contradictions.add(
                        row,
                        "measure " + names(relation.left()),
                        "it is " + left.toPlainString() + ", and " + names(relation.right()) + " "
                                + right.toPlainString() + ": the description says that it is "
                                + (equal ? "the same" : "no more"));
            }
        }
    }

    private String names(List<Integer> measures) {
        return String.join(
                " + ",
                measures.stream().map(m -> table.measures().get(m).name()).toList());
    }

    private @Nullable BigDecimal measures(List<Integer> measures, int row) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int measure : measures) {
            BigDecimal value = value(row, measure);
            if (value == null) {
                return null;
            }
            sum = sum.add(value);
        }
        return sum;
    }

    /** Exactly: who is one more or less is what this is about. */
    private static boolean isSame(BigDecimal left, BigDecimal right) {
        return left.compareTo(right) == 0;
    }

    private @Nullable BigDecimal sum(List<Integer> rows, Column column) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int row : rows) {
            BigDecimal value = column.value().apply(row);
            if (value == null) {
                return null;
            }
            sum = sum.add(value);
        }
        return sum;
    }

    /** Nothing where nothing contributes. */
    private @Nullable BigDecimal value(int row, int measure) {
        Evidence evidence = table.evidence(row, measure);
        return evidence.isEmpty() ? BigDecimal.ZERO : evidence.value();
    }

    private @Nullable BigDecimal units(int row) {
        Long units = table.rows().get(row).units();
        return units == null ? null : BigDecimal.valueOf(units);
    }
}
