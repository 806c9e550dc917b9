package io.weir.disclosure.protection;

import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.table.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order of rows by address. Texts are compared once for each code, not once for each pair of rows: every address becomes a number made of the
 * ranks of its parts, and numbers are sorted.
 */
final class AddressOrder {
    private AddressOrder() {}

    /** Row indices in the order of {@link Address#compareTo}; equal addresses stay in the order of the rows. */
    static List<Integer> of(List<EvidenceRow> rows) {
        int width = 1
                + rows.stream()
                        .mapToInt(row -> row.address().keys().size())
                        .max()
                        .orElse(0);
        // In the first place the grouping set, then the keys; 0 where an address has ended, which comes before all
        // others.
        int[][] parts = new int[width][rows.size()];
        Codes<Integer> sets = new Codes<>();
        List<Codes<String>> keys = new ArrayList<>();
        for (int place = 1; place < width; place++) {
            keys.add(new Codes<>());
        }
        for (int row = 0; row < rows.size(); row++) {
            Address address = rows.get(row).address();
            parts[0][row] = sets.number(address.groupingSet());
            for (int key = 0; key < address.keys().size(); key++) {
                parts[key + 1][row] = keys.get(key).number(address.keys().get(key));
            }
        }
        int[][] ranks = new int[width][];
        ranks[0] = sets.ranks();
        for (int place = 1; place < width; place++) {
            ranks[place] = keys.get(place - 1).ranks();
        }
        return sorted(parts, ranks);
    }

    private static List<Integer> sorted(int[][] parts, int[][] ranks) {
        int height = parts[0].length;
        int bits = bits(height);
        for (int[] rank : ranks) {
            bits += bits(rank.length);
        }
        if (bits >= Long.SIZE) {
            return IntStream.range(0, height)
                    .boxed()
                    .sorted((one, other) -> compare(parts, ranks, one, other))
                    .toList();
        }
        long[] numbers = new long[height];
        for (int row = 0; row < height; row++) {
            long number = 0;
            for (int place = 0; place < ranks.length; place++) {
                number = number << bits(ranks[place].length) | ranks[place][parts[place][row]];
            }
            numbers[row] = number << bits(height) | row;
        }
        Arrays.sort(numbers);
        long mask = (1L << bits(height)) - 1;
        return Arrays.stream(numbers)
                .mapToObj(number -> Integer.valueOf((int) (number & mask)))
                .toList();
    }

    private static int compare(int[][] parts, int[][] ranks, int one, int other) {
        int order = 0;
        for (int place = 0; order == 0 && place < ranks.length; place++) {
            order = Integer.compare(ranks[place][parts[place][one]], ranks[place][parts[place][other]]);
        }
        return order;
    }

    /** That hold the numbers below a limit. */
    private static int bits(int limit) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, limit - 1));
    }

    /** The codes that were met in one place. */
    private static final class Codes<C extends Comparable<C>> {
        private final Map<C, Integer> numbers = new HashMap<>();

        /** From 1, in the order in which they are met. */
        int number(C code) {
            Integer known = numbers.putIfAbsent(code, numbers.size() + 1);
            return known == null ? numbers.size() : known;
        }

        /** By number: from 1, in the order of the codes; 0 for no code. */
        int[] ranks() {
            int[] ranks = new int[numbers.size() + 1];
            List<C> sorted =
                    numbers.keySet().stream().sorted(Comparator.naturalOrder()).toList();
            for (int rank = 0; rank < sorted.size(); rank++) {
                ranks[numbers.getOrDefault(sorted.get(rank), 0)] = rank + 1;
            }
            return ranks;
        }
    }
}
