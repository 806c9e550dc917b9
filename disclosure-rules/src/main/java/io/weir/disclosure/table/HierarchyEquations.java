package io.weir.disclosure.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives the equations of linked tables with hierarchies from the addresses of their rows: pure table algebra, no data. Safe for use from any
 * thread.
 *
 * <pre>{@code
 * var place = TableDimension.of("place",
 *         Hierarchy.flat("England", "North", "South").split("North", "Leeds", "York"),
 *         Hierarchy.flat("England", "Urban", "Rural").split("Urban", "Leeds", "South").split("Rural", "York"));
 * var sex = TableDimension.of("sex", Hierarchy.flat("Both", "F", "M"));
 * var age = TableDimension.of("age", Hierarchy.flat("All", "0-64", "65+"));
 * var shapes = List.of(TableShape.of(0, place, sex), TableShape.of(1, place, age));
 * // Rows have one code of each dimension of their table:
 * // new Address(0, List.of("North", "F")), new Address(0, List.of("England", "Both")), new Address(1, List.of("Leeds", "65+")) …
 * var table = EvidenceTable.of(measures, rows).withTables(shapes);
 * new DisclosureRules().protect(table, appetite);
 * }</pre>
 *
 * <p>Each cell is the sum of its parts in each hierarchy of each of its dimensions, here England = North + South and England = Urban + Rural for
 * either sex and for both. A cell of two tables (Leeds in all ages is Leeds in both sexes) is the same in both. A part that is not published is
 * replaced by its own parts, and a margin that nobody asked for but that can be added up in two ways equates these two.
 *
 * <p>Not followed: cells without rows that only a difference of rows gives, and what cells that no table has (Leeds, women of 65 and more) say
 * about those that are there by not being negative.
 */
public final class HierarchyEquations {
    private static final int NONE = -1;

    private final CodeSpace space;
    private final Integer[] numbers;
    private final CellIndex firstRow;
    private final int[] nextRow;
    private final Map<Long, Sum> sums = new HashMap<>();

    private HierarchyEquations(List<Address> addresses, List<TableShape> shapes) {
        space = new CodeSpace(shapes);
        numbers = new Integer[addresses.size()];
        firstRow = new CellIndex(addresses.size());
        nextRow = new int[addresses.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = row;
            nextRow[row] = NONE;
            int other = firstRow.putIfAbsent(space.cell(addresses.get(row)), row);
            if (other != row) {
                while (nextRow[other] != NONE) {
                    other = nextRow[other];
                }
                nextRow[other] = row;
            }
        }
    }

    /**
     * @param addresses one per row, in row order, with the codes of their table's dimensions; see {@link TableShape} for rows that are missing
     * @param shapes the tables that the addresses name
     * @return equations over row indices, in an order that depends on nothing but the arguments
     * @throws IllegalArgumentException when an address names an unknown table or code, or hierarchies contradict each other
     */
    public static List<MarginEquation> of(List<Address> addresses, List<TableShape> shapes) {
        return new HierarchyEquations(addresses, shapes).equations();
    }

    private List<MarginEquation> equations() {
        List<MarginEquation> equations = new ArrayList<>();
        for (long cell : rowsAndWholes()) {
            int @Nullable [] first = null;
            for (int row = firstRow.get(cell); row != NONE; row = nextRow[row]) {
                first = equatedWith(first, new int[] {row}, equations);
            }
            for (long[] parts : space.breakdowns(cell)) {
                int[] sum = sumOf(parts);
                if (sum != null && sum.length > 0) {
                    first = equatedWith(first, sum, equations);
                }
            }
        }
        return List.copyOf(equations);
    }

    /** Every cell with a row in it or below it, ascending. */
    private long[] rowsAndWholes() {
        CellIndex found = new CellIndex(numbers.length);
        for (long cell : firstRow.cells()) {
            found.putIfAbsent(cell, NONE);
        }
        for (int next = 0; next < found.size(); next++) {
            space.wholes(found.cell(next), whole -> found.putIfAbsent(whole, NONE));
        }
        long[] cells = found.cells();
        Arrays.sort(cells);
        return cells;
    }

    /** The first form in which a cell is known, to which all others are equal. */
    private int[] equatedWith(int @Nullable [] first, int[] other, List<MarginEquation> equations) {
        if (first == null) {
            return other;
        }
        equate(first, other, equations);
        return first;
    }

    /** What both sides have cancels. */
    private void equate(int[] left, int[] right, List<MarginEquation> equations) {
        List<Integer> onlyLeft = without(left, right);
        List<Integer> onlyRight = without(right, left);
        if (!onlyLeft.isEmpty() || !onlyRight.isEmpty()) {
            equations.add(new MarginEquation(onlyLeft, onlyRight));
        }
    }

    private List<Integer> without(int[] rows, int[] others) {
        Integer[] left = new Integer[rows.length];
        int size = 0;
        for (int row : rows) {
            if (Arrays.binarySearch(others, row) < 0) {
                left[size++] = numbers[row];
            }
        }
        return List.of(size == left.length ? left : Arrays.copyOf(left, size));
    }

    /** The rows that the parts add up from, ascending; null when one of them cannot be added up. */
    private int @Nullable [] sumOf(long[] parts) {
        int[] sum = new int[parts.length];
        int size = 0;
        for (long part : parts) {
            int row = firstRow.get(part);
            if (row != NONE) {
                sum = size < sum.length ? sum : Arrays.copyOf(sum, 2 * size);
                sum[size++] = row;
                continue;
            }
            int[] own = sumWithoutRow(part).rows;
            if (own == null) {
                return null;
            }
            sum = Arrays.copyOf(sum, Math.max(sum.length, size + own.length));
            System.arraycopy(own, 0, sum, size, own.length);
            size += own.length;
        }
        sum = Arrays.copyOf(sum, size);
        Arrays.sort(sum);
        return sum;
    }

    private Sum sumWithoutRow(long cell) {
        Sum known = sums.get(cell);
        if (known == null) {
            known = new Sum(added(cell));
            sums.put(cell, known);
        }
        return known;
    }

    private int @Nullable [] added(long cell) {
        int[] empty = space.isCovered(cell) ? new int[0] : null;
        for (long[] parts : space.breakdowns(cell)) {
            int[] sum = sumOf(parts);
            if (sum != null && sum.length > 0) {
                return sum;
            }
            empty = sum == null ? empty : sum;
        }
        return empty;
    }

    /** Which rows a cell adds up from: none when it is empty, null when rows do not give it. */
    private record Sum(int @Nullable [] rows) {}
}
