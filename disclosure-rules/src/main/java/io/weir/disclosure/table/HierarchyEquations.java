package io.weir.disclosure.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
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
    private final CodeSpace space;
    private final Map<Long, int[]> rows = new HashMap<>();
    private final Map<Long, Sum> sums = new HashMap<>();

    private HierarchyEquations(List<Address> addresses, List<TableShape> shapes) {
        space = new CodeSpace(shapes);
        for (int row = 0; row < addresses.size(); row++) {
            rows.merge(space.cell(addresses.get(row)), new int[] {row}, HierarchyEquations::joined);
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
            List<int[]> forms = new ArrayList<>();
            for (int row : rows.getOrDefault(cell, new int[0])) {
                forms.add(new int[] {row});
            }
            for (long[] parts : space.breakdowns(cell)) {
                int[] sum = sumOf(parts);
                if (sum != null && sum.length > 0) {
                    forms.add(sum);
                }
            }
            for (int i = 1; i < forms.size(); i++) {
                equate(forms.getFirst(), forms.get(i), equations);
            }
        }
        return List.copyOf(equations);
    }

    /** Every cell with a row in it or below it. */
    private SortedSet<Long> rowsAndWholes() {
        SortedSet<Long> found = new TreeSet<>(rows.keySet());
        Deque<Long> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (long whole : space.wholes(open.remove())) {
                if (found.add(whole)) {
                    open.add(whole);
                }
            }
        }
        return found;
    }

    /** What both sides have cancels. */
    private static void equate(int[] left, int[] right, List<MarginEquation> equations) {
        List<Integer> onlyLeft = without(left, right);
        List<Integer> onlyRight = without(right, left);
        if (!onlyLeft.isEmpty() || !onlyRight.isEmpty()) {
            equations.add(new MarginEquation(onlyLeft, onlyRight));
        }
    }

    private static List<Integer> without(int[] rows, int[] others) {
        return Arrays.stream(rows)
                .filter(row -> Arrays.binarySearch(others, row) < 0)
                .boxed()
                .toList();
    }

    /** The rows that the parts add up from, ascending; null when one of them cannot be added up. */
    private int @Nullable [] sumOf(long[] parts) {
        int[] sum = {};
        for (long part : parts) {
            int[] own = sumOf(part).rows;
            if (own == null) {
                return null;
            }
            sum = joined(sum, own);
        }
        Arrays.sort(sum);
        return sum;
    }

    private Sum sumOf(long cell) {
        int[] own = rows.get(cell);
        if (own != null) {
            return new Sum(new int[] {own[0]});
        }
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

    private static int[] joined(int[] left, int[] right) {
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    /** Which rows a cell adds up from: none when it is empty, null when rows do not give it. */
    private record Sum(int @Nullable [] rows) {}
}
