package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Hierarchy;
import io.weir.disclosure.table.TableDimension;
import io.weir.disclosure.table.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables that share cells, on random ones: all whole numbers that agree with everything that is published are tried. */
class LinkedTablesTest {
    private static final int THRESHOLD = 3;
    private static final int TABLES = 60;
    private static final RiskAppetite APPETITE = Tables.counts(THRESHOLD, ZeroRule.SHOWN, 1);
    private static final List<String> PLACES = List.of("p0", "p1", "p2");

    /**
     * Places by sex and places by age, one for each place and in total. Each protected by itself, one hides the number of a place that the other shows: the
     * difference gives hidden cells away. Protected together nothing does.
     */
    @Test
    void tablesWithACommonMarginAreProtectedTogether() {
        Random random = new Random(42);
        TableDimension place = TableDimension.of("place", Hierarchy.flat("all", "p0", "p1", "p2"));
        List<TableShape> shapes = List.of(
                TableShape.of(0, place, TableDimension.of("sex", Hierarchy.flat("both", "f", "m"))),
                TableShape.of(1, place, TableDimension.of("age", Hierarchy.flat("every", "young", "old"))));
        Count count = new Count();
        for (int round = 0; round < TABLES; round++) {
            Published published = new Published();
            for (String code : PLACES) {
                int f = few(random);
                int m = few(random);
                int young = random.nextInt(f + m + 1);
                int first = published.unknown(f);
                published.unknown(m);
                published.unknown(young);
                published.unknown(f + m - young);
                published.sameSum(List.of(first, first + 1), List.of(first + 2, first + 3));
                for (String p : List.of(code, "all")) {
                    published.add(0, List.of(p, "f"), first);
                    published.add(0, List.of(p, "m"), first + 1);
                    published.add(0, List.of(p, "both"), first, first + 1);
                    published.add(1, List.of(p, "young"), first + 2);
                    published.add(1, List.of(p, "old"), first + 3);
                    published.add(1, List.of(p, "every"), first + 2, first + 3);
                }
            }
            count.add(published, shapes);
        }
        count.assertThatLinksMattered();
    }

    /**
     * The same places by county and by size, the attack on different hierarchies: each table hides one place of a group, and the other table has
     * that place in another group.
     */
    @Test
    void tablesOfDifferentGroupsOfTheSamePlacesAreProtectedTogether() {
        Random random = new Random(43);
        TableDimension sex = TableDimension.of("sex", Hierarchy.flat("both", "f", "m"));
        Hierarchy county = Hierarchy.flat("all", "north", "south")
                .split("north", "p0", "p1")
                .split("south", "p2", "p3");
        Hierarchy size = Hierarchy.flat("all", "small", "large")
                .split("small", "p0", "p2")
                .split("large", "p1", "p3");
        List<TableShape> shapes = List.of(
                TableShape.of(0, TableDimension.of("place", county), sex),
                TableShape.of(1, TableDimension.of("place", size), sex));
        Count count = new Count();
        for (int round = 0; round < TABLES; round++) {
            Published published = new Published();
            for (int p = 0; p < 4; p++) {
                int f = published.unknown(few(random));
                int m = published.unknown(few(random));
                for (int table = 0; table < 2; table++) {
                    String group = table == 0 ? (p < 2 ? "north" : "south") : (p % 2 == 0 ? "small" : "large");
                    for (String code : List.of("p" + p, group, "all")) {
                        published.add(table, List.of(code, "f"), f);
                        published.add(table, List.of(code, "m"), m);
                        published.add(table, List.of(code, "both"), f, m);
                    }
                }
            }
            count.add(published, shapes);
        }
        count.assertThatLinksMattered();
    }

    private static int few(Random random) {
        return random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 3 + random.nextInt(7);
    }

    /** How linked tables fare, protected together and each by itself. */
    private static final class Count {
        private int withHidden;
        private int exposed;

        void add(Published published, List<TableShape> shapes) {
            EvidenceTable both = published.table(shapes);
            Assessment together = Tables.protect(both, APPETITE);
            assertThat(together.proof()).isNotInstanceOf(Proof.NotProtected.class);
            Set<Cell> hidden = hidden(both, together);
            withHidden += hidden.isEmpty() ? 0 : 1;
            assertThat(published.narrow(hidden)).isEmpty();
            Set<Cell> each = new HashSet<>();
            for (TableShape shape : shapes) {
                EvidenceTable one = published.table(List.of(shape));
                each.addAll(hidden(one, Tables.protect(one, APPETITE)));
            }
            exposed += published.narrow(each).isEmpty() ? 0 : 1;
        }

        void assertThatLinksMattered() {
            assertThat(withHidden).isGreaterThan(TABLES / 2);
            assertThat(exposed)
                    .as("pairs that give cells away when each is protected by itself")
                    .isGreaterThan(TABLES / 6);
        }

        private static Set<Cell> hidden(EvidenceTable table, Assessment assessment) {
            Set<Cell> hidden = new HashSet<>();
            for (int row = 0; row < table.rows().size(); row++) {
                if (Tables.isHidden(assessment, row)) {
                    EvidenceRow own = table.rows().get(row);
                    hidden.add(
                            new Cell(own.address().groupingSet(), own.address().keys()));
                }
            }
            return hidden;
        }
    }

    private record Cell(int table, List<String> keys) {}

    /** Sums of unknown numbers, some of them shown. */
    private static final class Published {
        private final List<Integer> truth = new ArrayList<>();
        private final Map<Cell, List<Integer>> cells = new LinkedHashMap<>();
        private final List<List<List<Integer>>> same = new ArrayList<>();

        int unknown(int number) {
            truth.add(number);
            return truth.size() - 1;
        }

        void add(int table, List<String> keys, int... parts) {
            List<Integer> members = cells.computeIfAbsent(new Cell(table, keys), cell -> new ArrayList<>());
            for (int part : parts) {
                members.add(part);
            }
        }

        void sameSum(List<Integer> one, List<Integer> other) {
            same.add(List.of(one, other));
        }

        EvidenceTable table(List<TableShape> shapes) {
            List<EvidenceRow> rows = new ArrayList<>();
            cells.forEach((cell, members) -> {
                if (shapes.stream().anyMatch(shape -> shape.id() == cell.table())) {
                    rows.add(Tables.row(
                            cell.table(), sum(members, truth), cell.keys().toArray(String[]::new)));
                }
            });
            return EvidenceTable.of(List.of(Tables.PATIENTS), rows).withTables(shapes);
        }

        /** Hidden cells that can be worked out from the others: small counts that cannot be from 1 to the threshold, and exact ones. */
        List<Cell> narrow(Set<Cell> hidden) {
            return new Search(this, hidden).narrow();
        }
    }

    private static int sum(List<Integer> members, List<Integer> numbers) {
        return members.stream().mapToInt(numbers::get).sum();
    }

    /** Tries all numbers near the true ones; others are further away than any rule asks for. */
    private static final class Search {
        private static final int AWAY = THRESHOLD + 1;

        private final Published published;
        private final List<Cell> open;
        private final int[] least;
        private final int[] greatest;
        private final int[] lower;
        private final int[] upper;
        private final Integer[] tried;
        private final List<List<Equation>> equations = new ArrayList<>();

        Search(Published published, Set<Cell> hidden) {
            this.published = published;
            open = List.copyOf(hidden);
            least = open.stream().mapToInt(cell -> Integer.MAX_VALUE).toArray();
            greatest = new int[open.size()];
            lower = published.truth.stream()
                    .mapToInt(n -> n == 0 ? 0 : Math.max(1, n - AWAY))
                    .toArray();
            upper = published.truth.stream()
                    .mapToInt(n -> n == 0 ? 0 : n + AWAY)
                    .toArray();
            tried = new Integer[lower.length];
            published.truth.forEach(n -> equations.add(new ArrayList<>()));
            published.cells.forEach((cell, members) -> {
                if (!hidden.contains(cell)) {
                    add(new Equation(members, List.of(), sum(members, published.truth)));
                }
            });
            published.same.forEach(pair -> add(new Equation(pair.getFirst(), pair.getLast(), 0)));
        }

        private void add(Equation equation) {
            equation.plus().forEach(number -> equations.get(number).add(equation));
            equation.minus().forEach(number -> equations.get(number).add(equation));
        }

        List<Cell> narrow() {
            tryFrom(0);
            List<Cell> narrow = new ArrayList<>();
            for (int cell = 0; cell < open.size(); cell++) {
                if (!isWide(cell)) {
                    narrow.add(open.get(cell));
                }
            }
            return narrow;
        }

        private void tryFrom(int next) {
            if (next == tried.length) {
                for (int cell = 0; cell < open.size(); cell++) {
                    int value = sum(members(cell), List.of(tried));
                    least[cell] = Math.min(least[cell], value);
                    greatest[cell] = Math.max(greatest[cell], value);
                }
                return;
            }
            for (int value = lower[next]; value <= upper[next] && !areWide(); value++) {
                tried[next] = value;
                if (equations.get(next).stream().allMatch(this::canHold)) {
                    tryFrom(next + 1);
                }
            }
            tried[next] = null;
        }

        private boolean canHold(Equation equation) {
            int from = 0;
            int to = 0;
            for (int number : equation.plus()) {
                Integer value = tried[number];
                from += value == null ? lower[number] : value;
                to += value == null ? upper[number] : value;
            }
            for (int number : equation.minus()) {
                Integer value = tried[number];
                from -= value == null ? upper[number] : value;
                to -= value == null ? lower[number] : value;
            }
            return from <= equation.sum() && to >= equation.sum();
        }

        private boolean areWide() {
            for (int cell = 0; cell < open.size(); cell++) {
                if (!isWide(cell)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isWide(int cell) {
            boolean small = sum(members(cell), published.truth) < THRESHOLD;
            return small
                    ? greatest[cell] - least[cell] >= THRESHOLD || (least[cell] <= 1 && greatest[cell] >= THRESHOLD)
                    : greatest[cell] > least[cell];
        }

        private List<Integer> members(int cell) {
            return published.cells.getOrDefault(open.get(cell), List.of());
        }
    }

    private record Equation(List<Integer> plus, List<Integer> minus, int sum) {}
}
