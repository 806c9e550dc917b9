package io.weir.disclosure.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Derives the equations of a linked table from its addresses: pure table algebra, no data.
 *
 * <p>Each cell of a coarser grouping set is the sum of the cells that refine it in the next finer set (in ROLLUP and CUBE: by one key).
 * Where two grouping sets share columns but their common margin was not asked for, the margin is implied: both sets add up to it, so
 * their cells are equated directly. An attacker can do that sum, so the table has to know it.
 */
public final class MarginEquations {
    private MarginEquations() {}

    /**
     * @param addresses one per row, in row order; every group that has data must be there
     * @param sets the grouping sets that the addresses name
     * @return equations over row indices, in a fixed order that does not depend on the order of rows beyond their indices
     * @throws IllegalArgumentException when an address names an unknown set or has the wrong number of keys
     */
    public static List<MarginEquation> of(List<Address> addresses, List<GroupingSet> sets) {
        Map<Integer, GroupingSet> byId = sets.stream()
                .collect(Collectors.toMap(GroupingSet::id, Function.identity(), (first, second) -> {
                    throw new IllegalArgumentException("Two grouping sets have the same id");
                }));
        Map<Integer, List<Integer>> rowsBySet = new TreeMap<>();
        for (int row = 0; row < addresses.size(); row++) {
            Address address = addresses.get(row);
            GroupingSet set = byId.get(address.groupingSet());
            if (set == null || set.columns().size() != address.keys().size()) {
                throw new IllegalArgumentException("An address does not fit its grouping set");
            }
            rowsBySet.computeIfAbsent(set.id(), id -> new ArrayList<>()).add(row);
        }
        List<GroupingSet> present = sets.stream()
                .filter(set -> rowsBySet.containsKey(set.id()))
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .toList();
        List<MarginEquation> equations = new ArrayList<>();
        for (List<Integer> columns : intersections(present)) {
            List<GroupingSet> sides = new ArrayList<>(present.stream()
                    .filter(set -> set.columns().equals(columns))
                    .toList());
            sides.addAll(coversOf(columns, present));
            Map<List<String>, List<Integer>> first = rowsByKey(columns, sides.getFirst(), rowsBySet, addresses);
            for (GroupingSet side : sides.subList(1, sides.size())) {
                rowsByKey(columns, side, rowsBySet, addresses).forEach((key, rows) -> {
                    List<Integer> left = first.get(key);
                    if (left != null) {
                        equations.add(new MarginEquation(left, rows));
                    }
                });
            }
        }
        return List.copyOf(equations);
    }

    /** Column sets of all grouping sets and of their intersections, the margins an attacker can form. */
    private static List<List<Integer>> intersections(List<GroupingSet> present) {
        TreeSet<List<Integer>> closed = new TreeSet<>(MarginEquations::bySizeThenColumns);
        present.forEach(set -> closed.add(set.columns()));
        for (boolean grown = true; grown; ) {
            List<List<Integer>> known = List.copyOf(closed);
            grown = false;
            for (List<Integer> left : known) {
                for (GroupingSet right : present) {
                    grown |= closed.add(
                            left.stream().filter(right.columns()::contains).toList());
                }
            }
        }
        return List.copyOf(closed);
    }

    private static int bySizeThenColumns(List<Integer> left, List<Integer> right) {
        int order = Integer.compare(left.size(), right.size());
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = left.get(i).compareTo(right.get(i));
        }
        return order;
    }

    /** The smallest present sets that strictly refine {@code columns}. */
    private static List<GroupingSet> coversOf(List<Integer> columns, List<GroupingSet> present) {
        List<GroupingSet> finer = present.stream()
                .filter(set ->
                        set.columns().size() > columns.size() && set.columns().containsAll(columns))
                .toList();
        return finer.stream()
                .filter(set -> finer.stream()
                        .noneMatch(
                                other -> other.columns().size() < set.columns().size()
                                        && set.columns().containsAll(other.columns())))
                .toList();
    }

    private static Map<List<String>, List<Integer>> rowsByKey(
            List<Integer> columns, GroupingSet set, Map<Integer, List<Integer>> rowsBySet, List<Address> addresses) {
        Map<List<String>, List<Integer>> byKey = new LinkedHashMap<>();
        for (int row : rowsBySet.getOrDefault(set.id(), List.of())) {
            List<String> keys = addresses.get(row).keys();
            List<String> shared = columns.stream()
                    .map(column -> keys.get(set.columns().indexOf(column)))
                    .toList();
            byKey.computeIfAbsent(shared, key -> new ArrayList<>()).add(row);
        }
        return byKey;
    }
}
