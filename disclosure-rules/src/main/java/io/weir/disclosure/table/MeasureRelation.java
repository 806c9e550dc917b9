package io.weir.disclosure.table;

import java.util.List;

/**
 * What an attacker knows to hold between measures in every row: {@code count(*)} is the sum of its arms, subjects are at most rows.
 *
 * @param left measure indices whose values are added
 * @param right measure indices whose values are added
 * @param order how the two sums compare
 */
public record MeasureRelation(List<Integer> left, List<Integer> right, Order order) {
    public MeasureRelation {
        left = left.stream().sorted().toList();
        right = right.stream().sorted().toList();
        if (left.isEmpty() || right.isEmpty() || left.stream().anyMatch(right::contains)) {
            throw new IllegalArgumentException("A relation needs distinct measures on both sides");
        }
    }

    /** How the left sum compares to the right one. */
    public enum Order {
        EQUAL,
        AT_MOST
    }

    /** {@code left} is never larger than {@code right}. */
    public static MeasureRelation atMost(int left, int right) {
        return new MeasureRelation(List.of(left), List.of(right), Order.AT_MOST);
    }

    /** {@code total} is the sum of {@code parts}. */
    public static MeasureRelation total(int total, List<Integer> parts) {
        return new MeasureRelation(List.of(total), parts, Order.EQUAL);
    }
}
