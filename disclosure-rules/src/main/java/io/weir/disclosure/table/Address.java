package io.weir.disclosure.table;

import java.util.Comparator;
import java.util.List;

/**
 * Where a row of the table stands: the grouping set it belongs to and the group keys of that set.
 *
 * <p>Addresses are totally ordered; every choice of the library that could go either way is made by this order, so that the same table
 * always gets the same pattern whatever the order of its rows.
 *
 * @param groupingSet id of the grouping set; 0 when there is only one
 * @param keys keys of the grouped columns only, in column order; opaque text, with a spelling for NULL that no value has
 */
public record Address(int groupingSet, List<String> keys) implements Comparable<Address> {
    private static final Comparator<List<String>> BY_KEYS = (left, right) -> {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    };

    public Address {
        keys = List.copyOf(keys);
    }

    /** An address in a table with one grouping set. */
    public static Address of(String... keys) {
        return new Address(0, List.of(keys));
    }

    @Override
    public int compareTo(Address other) {
        int order = Integer.compare(groupingSet, other.groupingSet);
        return order != 0 ? order : BY_KEYS.compare(keys, other.keys);
    }
}
