package io.weir.disclosure.rounding;

import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Tables of two and three dimensions with all margins. */
final class Tables {
    private Tables() {}

    static AdditiveTable cube(int[][] inner) {
        Map<Address, Long> counts = new TreeMap<>();
        for (int r = 0; r < inner.length; r++) {
            for (int c = 0; c < inner[r].length; c++) {
                addToMargins(counts, inner[r][c], "r" + r, "c" + c);
            }
        }
        return table(counts, sets(2));
    }

    static AdditiveTable cube3(Random random, int rows, int columns, int layers, int greatest) {
        Map<Address, Long> counts = new TreeMap<>();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                for (int l = 0; l < layers; l++) {
                    addToMargins(counts, random.nextInt(greatest + 1), "r" + r, "c" + c, "l" + l);
                }
            }
        }
        return table(counts, sets(3));
    }

    /** Adds to the cell and all its margins; grouping set 0 is the inner cells, else the bits say which columns are left out. */
    private static void addToMargins(Map<Address, Long> counts, long count, String... keys) {
        for (int without = 0; without < 1 << keys.length; without++) {
            List<String> kept = new ArrayList<>();
            for (int column = 0; column < keys.length; column++) {
                if ((without >> column & 1) == 0) {
                    kept.add(keys[column]);
                }
            }
            counts.merge(new Address(without, kept), count, Long::sum);
        }
    }

    private static List<GroupingSet> sets(int columns) {
        List<GroupingSet> sets = new ArrayList<>();
        for (int without = 0; without < 1 << columns; without++) {
            List<Integer> kept = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                if ((without >> column & 1) == 0) {
                    kept.add(column);
                }
            }
            sets.add(new GroupingSet(without, kept));
        }
        return sets;
    }

    private static AdditiveTable table(Map<Address, Long> counts, List<GroupingSet> sets) {
        List<Address> addresses = List.copyOf(counts.keySet());
        return new AdditiveTable(addresses, List.copyOf(counts.values()), MarginEquations.of(addresses, sets));
    }
}
