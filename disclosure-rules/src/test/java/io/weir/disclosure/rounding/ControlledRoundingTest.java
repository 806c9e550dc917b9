package io.weir.disclosure.rounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.rounding.ControlledRounding.Outcome;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ControlledRoundingTest {
    private static final long PLENTY = 100_000_000;

    /** Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, controlled rounding to base 5 of people by area and sex. */
    @Test
    void exampleOfTheHandbook() {
        AdditiveTable table = Tables.cube(new int[][] {{1, 0}, {3, 3}, {12, 20}});
        Outcome.Rounded rounded = rounded(new ControlledRounding(5, PLENTY), table);
        assertAdditiveNeighbours(table, rounded.counts(), 5);
        assertThat(rounded.nearest()).isTrue();
        // The Handbook's table is additive, too: area A 5 0 5, B 0 5 5, C 10 20 30, total 15 25 40.
        AdditiveTable handbook = Tables.cube(new int[][] {{5, 0}, {0, 5}, {10, 20}});
        assertAdditiveNeighbours(table, handbook.counts(), 5);
        assertThat(distance(table.counts(), rounded.counts()))
                .isLessThanOrEqualTo(distance(table.counts(), handbook.counts()));
    }

    @Test
    void twoDimensionsAreAlwaysRoundedAndAsNearAsEnumerationFinds() {
        Random random = new Random(2);
        for (int round = 0; round < 150; round++) {
            int base = 2 + random.nextInt(4);
            AdditiveTable table = Tables.cube(random(random, 1 + random.nextInt(3), 1 + random.nextInt(3), 12));
            Outcome.Rounded rounded = rounded(new ControlledRounding(base, PLENTY), table);
            assertAdditiveNeighbours(table, rounded.counts(), base);
            assertThat(rounded.nearest()).isTrue();
            assertThat(distance(table.counts(), rounded.counts())).isEqualTo(leastDistance(table, base));
        }
    }

    @Test
    void largeTwoWayTablesAddUp() {
        Random random = new Random(3);
        AdditiveTable table = Tables.cube(random(random, 60, 50, 300));
        Outcome.Rounded rounded = rounded(new ControlledRounding(5, PLENTY), table);
        assertAdditiveNeighbours(table, rounded.counts(), 5);
        assertThat(rounded.nearest()).isTrue();
    }

    @Test
    void threeDimensionsAreRoundedOrProvedNotToBe() {
        Random random = new Random(4);
        int found = 0;
        for (int round = 0; round < 40; round++) {
            AdditiveTable table = Tables.cube3(random, 2, 2, 2, 9);
            switch (new ControlledRounding(3, PLENTY).round(table)) {
                case Outcome.Rounded rounded -> {
                    found++;
                    assertAdditiveNeighbours(table, rounded.counts(), 3);
                    assertThat(rounded.nearest()).isTrue();
                    assertThat(distance(table.counts(), rounded.counts())).isEqualTo(leastDistance(table, 3));
                }
                case Outcome.NoSuchTable none ->
                    assertThat(leastDistance(table, 3)).isEqualTo(Long.MAX_VALUE);
                case Outcome.LimitReached limit -> throw new AssertionError("too little work for 27 cells");
            }
        }
        assertThat(found).isGreaterThan(20);
    }

    /** Three ones, each two of which have a margin of 2: to base 2 the margins stay, and an odd circle cannot be halved. */
    @Test
    void aTableThatCannotBeRoundedIsToldApart() {
        List<Address> addresses = addresses(6);
        List<MarginEquation> circle = List.of(
                MarginEquation.margin(3, List.of(0, 1)),
                MarginEquation.margin(4, List.of(1, 2)),
                MarginEquation.margin(5, List.of(0, 2)));
        AdditiveTable table = new AdditiveTable(addresses, List.of(1L, 1L, 1L, 2L, 2L, 2L), circle);
        assertThat(new ControlledRounding(2, PLENTY).round(table)).isInstanceOf(Outcome.NoSuchTable.class);
        assertThat(new ControlledRounding(3, PLENTY).round(table)).isInstanceOf(Outcome.Rounded.class);
    }

    @Test
    void theLimitIsAnAnswerOfItsOwn() {
        AdditiveTable network = Tables.cube(random(new Random(5), 20, 20, 50));
        assertThat(new ControlledRounding(5, 1).round(network)).isInstanceOf(Outcome.LimitReached.class);
        AdditiveTable searched = Tables.cube3(new Random(6), 3, 3, 3, 9);
        assertThat(new ControlledRounding(5, 1).round(searched)).isInstanceOf(Outcome.LimitReached.class);
        // Enough for a first table, too little to prove that no other is nearer.
        Outcome early =
                Outcome.class.cast(new ControlledRounding(5, 20_000).round(Tables.cube3(new Random(7), 4, 4, 4, 9)));
        if (early instanceof Outcome.Rounded rounded) {
            assertThat(rounded.nearest()).isFalse();
        } else {
            assertThat(early).isInstanceOf(Outcome.LimitReached.class);
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        Random random = new Random(8);
        for (int round = 0; round < 40; round++) {
            AdditiveTable table =
                    round % 4 == 0 ? Tables.cube3(random, 2, 2, 3, 9) : Tables.cube(random(random, 3, 4, 9));
            List<Integer> order = new ArrayList<>();
            for (int row = 0; row < table.counts().size(); row++) {
                order.add(row);
            }
            Collections.shuffle(order, random);
            AdditiveTable shuffled = reordered(table, order);
            Outcome first = new ControlledRounding(3, PLENTY).round(table);
            Outcome second = new ControlledRounding(3, PLENTY).round(shuffled);
            assertThat(byAddress(shuffled, second)).isEqualTo(byAddress(table, first));
        }
    }

    @Test
    void multiplesStayAndCountsWithoutEquationsGoToTheNearest() {
        AdditiveTable table = new AdditiveTable(addresses(4), List.of(10L, 0L, 13L, 11L), List.of());
        assertThat(rounded(new ControlledRounding(5, PLENTY), table).counts()).containsExactly(10L, 0L, 15L, 10L);
    }

    @Test
    void intervalsOfTheHandbook() {
        // Chapter 5, zero-restricted rounding: base 5 and 0 leave 0 to 4, others four to either side.
        ControlledRounding rounding = new ControlledRounding(5, PLENTY);
        assertThat(rounding.known(0)).isEqualTo(ExistenceInterval.of(0, 4));
        assertThat(rounding.known(15)).isEqualTo(ExistenceInterval.of(11, 19));
        assertThatThrownBy(() -> rounding.known(4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tablesThatContradictThemselvesAreRefused() {
        List<MarginEquation> margin = List.of(MarginEquation.margin(0, List.of(1, 2)));
        assertThatThrownBy(() -> new AdditiveTable(addresses(3), List.of(5L, 2L, 2L), margin))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdditiveTable(addresses(3), List.of(1L, 2L, -1L), margin))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdditiveTable(addresses(2), List.of(1L), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new AdditiveTable(List.of(Address.of("a"), Address.of("a")), List.of(1L, 2L), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Outcome.Rounded rounded(ControlledRounding rounding, AdditiveTable table) {
        Outcome outcome = rounding.round(table);
        assertThat(outcome).isInstanceOf(Outcome.Rounded.class);
        return (Outcome.Rounded) outcome;
    }

    private static void assertAdditiveNeighbours(AdditiveTable table, List<Long> rounded, long base) {
        for (int row = 0; row < rounded.size(); row++) {
            assertThat(rounded.get(row) % base).isZero();
            assertThat(Math.abs(rounded.get(row) - table.counts().get(row))).isLessThan(base);
        }
        for (MarginEquation equation : table.equations()) {
            assertThat(equation.left().stream().mapToLong(rounded::get).sum())
                    .isEqualTo(equation.right().stream().mapToLong(rounded::get).sum());
        }
    }

    private static long distance(List<Long> counts, List<Long> rounded) {
        long sum = 0;
        for (int row = 0; row < counts.size(); row++) {
            sum += Math.abs(counts.get(row) - rounded.get(row));
        }
        return sum;
    }

    /** By trying all roundings of the inner cells: margins follow, and must be neighbours as well. */
    private static long leastDistance(AdditiveTable table, long base) {
        List<Integer> inner = new ArrayList<>();
        for (int row = 0; row < table.counts().size(); row++) {
            if (table.addresses().get(row).groupingSet() == 0) {
                inner.add(row);
            }
        }
        long least = Long.MAX_VALUE;
        for (int choice = 0; choice < 1 << inner.size(); choice++) {
            Map<Integer, Long> known = new HashMap<>();
            boolean valid = true;
            for (int i = 0; i < inner.size(); i++) {
                long count = table.counts().get(inner.get(i));
                boolean up = (choice >> i & 1) == 1;
                valid &= !up || count % base != 0;
                known.put(inner.get(i), (count / base + (up ? 1 : 0)) * base);
            }
            if (valid) {
                least = Math.min(least, completed(table, known, base));
            }
        }
        return least;
    }

    private static long completed(AdditiveTable table, Map<Integer, Long> known, long base) {
        while (known.size() < table.counts().size()) {
            for (MarginEquation equation : table.equations()) {
                int margin = equation.left().getFirst();
                if (!known.containsKey(margin) && known.keySet().containsAll(equation.right())) {
                    known.put(
                            margin,
                            equation.right().stream().mapToLong(known::get).sum());
                }
            }
        }
        long sum = 0;
        for (int row = 0; row < table.counts().size(); row++) {
            long difference = Math.abs(table.counts().get(row) - known.get(row));
            if (difference >= base) {
                return Long.MAX_VALUE;
            }
            sum += difference;
        }
        return sum;
    }

    private static AdditiveTable reordered(AdditiveTable table, List<Integer> order) {
        int[] place = new int[order.size()];
        for (int i = 0; i < place.length; i++) {
            place[order.get(i)] = i;
        }
        List<MarginEquation> equations = new ArrayList<>(table.equations().stream()
                .map(equation -> new MarginEquation(
                        equation.left().stream().map(row -> place[row]).toList(),
                        equation.right().stream().map(row -> place[row]).toList()))
                .toList());
        Collections.reverse(equations);
        return new AdditiveTable(
                order.stream().map(table.addresses()::get).toList(),
                order.stream().map(table.counts()::get).toList(),
                equations);
    }

    private static Map<Address, Long> byAddress(AdditiveTable table, Outcome outcome) {
        Map<Address, Long> counts = new TreeMap<>();
        if (outcome instanceof Outcome.Rounded rounded) {
            for (int row = 0; row < rounded.counts().size(); row++) {
                counts.put(table.addresses().get(row), rounded.counts().get(row));
            }
        }
        return counts;
    }

    private static int[][] random(Random random, int rows, int columns, int greatest) {
        int[][] inner = new int[rows][columns];
        for (int[] row : inner) {
            java.util.Arrays.setAll(row, column -> random.nextInt(greatest + 1));
        }
        return inner;
    }

    private static List<Address> addresses(int count) {
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(Address.of("a" + i));
        }
        return addresses;
    }
}
