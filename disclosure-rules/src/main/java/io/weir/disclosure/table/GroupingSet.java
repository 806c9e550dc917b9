package io.weir.disclosure.table;

import java.util.List;

/**
 * One grouping set of a linked table, as in SQL's GROUPING SETS.
 *
 * @param id as in {@link Address#groupingSet()}
 * @param columns positions of the grouped columns among all group columns of the table, ascending; empty for the grand total
 */
public record GroupingSet(int id, List<Integer> columns) {
    public GroupingSet {
        columns = List.copyOf(columns);
        for (int i = 1; i < columns.size(); i++) {
            if (columns.get(i - 1) >= columns.get(i)) {
                throw new IllegalArgumentException("Columns of a grouping set must be distinct and ascending");
            }
        }
    }

    /** @param columns positions, ascending */
    public static GroupingSet of(int id, Integer... columns) {
        return new GroupingSet(id, List.of(columns));
    }
}
