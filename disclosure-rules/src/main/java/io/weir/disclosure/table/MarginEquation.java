package io.weir.disclosure.table;

import java.util.List;

/**
 * The rows on the left add up to the same as the rows on the right, for every measure that adds up.
 *
 * @param left row indices; one index when the left side is a margin
 * @param right row indices
 */
public record MarginEquation(List<Integer> left, List<Integer> right) {
    public MarginEquation {
        left = ascending(left);
        right = ascending(right);
        if (!isStrictlyAscending(left) || !isStrictlyAscending(right) || shareOne(left, right)) {
            throw new IllegalArgumentException("A row may stand only once in an equation");
        }
    }

    /** A margin and its parts. */
    public static MarginEquation margin(int parent, List<Integer> children) {
        return new MarginEquation(List.of(parent), children);
    }

    private static List<Integer> ascending(List<Integer> rows) {
        return isStrictlyAscending(rows)
                ? List.copyOf(rows)
                : rows.stream().sorted().toList();
    }

    private static boolean isStrictlyAscending(List<Integer> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1) >= rows.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Of two ascending lists. */
    private static boolean shareOne(List<Integer> left, List<Integer> right) {
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            int order = Integer.compare(left.get(l), right.get(r));
            if (order == 0) {
                return true;
            }
            l += order < 0 ? 1 : 0;
            r += order > 0 ? 1 : 0;
        }
        return false;
    }
}
