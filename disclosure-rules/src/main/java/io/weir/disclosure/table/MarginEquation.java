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
        left = left.stream().sorted().toList();
        right = right.stream().sorted().toList();
        if (left.stream().anyMatch(right::contains)
                || left.stream().distinct().count() != left.size()
                || right.stream().distinct().count() != right.size()) {
            throw new IllegalArgumentException("A row may stand only once in an equation");
        }
    }

    /** A margin and its parts. */
    public static MarginEquation margin(int parent, List<Integer> children) {
        return new MarginEquation(List.of(parent), children);
    }
}
