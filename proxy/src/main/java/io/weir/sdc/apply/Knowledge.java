package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.MeasureRelation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers what a reader of a published table knows: bounds of cells, and sums between them. Cells nobody said anything of are at least zero. */
final class Knowledge {
    private final int width;
    private final double[] lower;
    private final double[] upper;
    private final boolean[] whole;
    private final List<Consumer<Attack>> sums = new ArrayList<>();

    Knowledge(int rows, int width) {
        this.width = width;
        lower = new double[rows * width];
        upper = new double[rows * width];
        whole = new boolean[rows * width];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        Arrays.fill(whole, true);
    }

    int cell(int row, int measure) {
        return row * width + measure;
    }

    /** @param most null when nothing bounds the cell */
    void between(int row, int measure, BigDecimal least, @Nullable BigDecimal most) {
        lower[cell(row, measure)] = least.doubleValue();
        upper[cell(row, measure)] = most == null ? Double.POSITIVE_INFINITY : most.doubleValue();
    }

    /** Narrows what is known of a cell; whether anything is left. */
    boolean within(int row, int measure, BigDecimal least, @Nullable BigDecimal most) {
        int cell = cell(row, measure);
        lower[cell] = Math.max(lower[cell], least.doubleValue());
        upper[cell] = most == null ? upper[cell] : Math.min(upper[cell], most.doubleValue());
        return lower[cell] <= upper[cell];
    }

    /** What is known of a cell without any sum where that is one number, else null. */
    @Nullable
    FeasibleInterval certain(int cell) {
        return lower[cell] == upper[cell] ? new FeasibleInterval(lower[cell], upper[cell]) : null;
    }

    /** That a cell need not be a whole number. */
    void broken(int row, int measure) {
        whole[cell(row, measure)] = false;
    }

    /** That margins are what their parts add up to; otherwise at least each part and at most their sum. */
    void sums(List<MarginEquation> margins, int measure, Predicate<MarginEquation> equal) {
        for (MarginEquation margin : margins) {
            int[] left = cells(margin.left(), measure);
            int[] right = cells(margin.right(), measure);
            if (equal.test(margin)) {
                sums.add(attack -> attack.equal(left, right));
            } else {
                Arrays.stream(left).forEach(cell -> sums.add(attack -> attack.atMost(new int[] {cell}, right)));
                Arrays.stream(right).forEach(cell -> sums.add(attack -> attack.atMost(new int[] {cell}, left)));
            }
        }
    }

    /** That a total is at least its parts, or where units can be in several of them each of its parts: others may not be known. */
    void parts(List<MarginEquation> margins, int measure, boolean add) {
        for (MarginEquation margin : margins) {
            int[] whole = cells(margin.left(), measure);
            int[] parts = cells(margin.right(), measure);
            if (add) {
                sums.add(attack -> attack.atMost(parts, whole));
            } else {
                Arrays.stream(parts).forEach(cell -> sums.add(attack -> attack.atMost(new int[] {cell}, whole)));
            }
        }
    }

    /** A relation between the measures of a row. */
    void relation(int row, MeasureRelation relation) {
        int[] left = relation.left().stream().mapToInt(m -> cell(row, m)).toArray();
        int[] right = relation.right().stream().mapToInt(m -> cell(row, m)).toArray();
        boolean equal = relation.order() == MeasureRelation.Order.EQUAL;
        sums.add(attack -> {
            if (equal) {
                attack.equal(left, right);
            } else {
                attack.atMost(left, right);
            }
        });
    }

    /** That one measure is never more than another. */
    void atMost(int row, int less, int more) {
        sums.add(attack -> attack.atMost(new int[] {cell(row, less)}, new int[] {cell(row, more)}));
    }

    Attack attack() {
        Attack attack = new Attack(lower, upper, whole);
        sums.forEach(sum -> sum.accept(attack));
        return attack;
    }

    private int[] cells(List<Integer> rows, int measure) {
        return rows.stream().mapToInt(row -> cell(row, measure)).toArray();
    }

    /** Whether the true values of a margin are the sum of its parts. */
    static boolean addsUp(EvidenceTable table, MarginEquation margin, int measure) {
        BigDecimal left = sum(table, margin.left(), measure);
        BigDecimal right = sum(table, margin.right(), measure);
        return left != null && right != null && left.compareTo(right) == 0;
    }

    private static @Nullable BigDecimal sum(EvidenceTable table, List<Integer> rows, int measure) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int row : rows) {
            BigDecimal value = table.evidence(row, measure).value();
            if (value == null) {
                return null;
            }
            sum = sum.add(value);
        }
        return sum;
    }
}
