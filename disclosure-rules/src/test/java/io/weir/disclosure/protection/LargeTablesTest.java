package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Hierarchy;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.TableDimension;
import io.weir.disclosure.table.TableShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The method for large tables, on tables that are small enough to know the answers. */
class LargeTablesTest {
    /** No table with more than one relation is small, and no part of it is solved as a whole. */
    private static final AuditLimits LARGE = new AuditLimits(400, 300, 1, 1, 2_000_000_000L);

    /** Tables of more than 300 relations are large, and parts of as many are solved as a whole. */
    private static final AuditLimits EXACT_PARTS = new AuditLimits(400, 300, 300, 1_500_000_000L, 30_000_000_000L);

    @Test
    void tableWithoutSmallCellsIsShownWhole() {
        Assessment assessment = protect(Tables.cube(new int[][] {{30, 40}, {50, 60}}), 3, LARGE);
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        assertThat(hidden(assessment)).isEmpty();
    }

    @Test
    void oneSmallCellTakesARectangleWithIt() {
        EvidenceTable table = Tables.cube(new int[][] {{2, 40, 90}, {50, 60, 95}, {99, 98, 97}});
        assertThat(hidden(protect(table, 3, LARGE)))
                .containsExactlyInAnyOrder(
                        new Address(0, List.of("r0", "c0")),
                        new Address(0, List.of("r0", "c1")),
                        new Address(0, List.of("r1", "c0")),
                        new Address(0, List.of("r1", "c1")));
    }

    /**
     * The data set example1 of the R package SSBtools, all years: 17, 3 and 1 young, 17, 10 and 11 old people in Spain, Iceland and Portugal. With
     * one to three hidden and a least width of 5, table 9 of GaussSuppression's vignette on small counts has all six cells hidden, since 3 and 1
     * tell their sum; so has this library, whose hidden counts of 3 and 1 must be able to be 4.
     */
    @Test
    void countsOfTheVignetteTakeSpainWithThem() {
        EvidenceTable table = Tables.cube(new int[][] {{17, 3, 1}, {17, 10, 11}});
        for (AuditLimits limits : List.of(LARGE, EXACT_PARTS)) {
            Assessment assessment = protect(table, 4, limits);
            assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
            assertThat(hidden(assessment)).hasSize(6).allMatch(address -> address.groupingSet() == 0);
        }
    }

    /** Two hidden cells in every row and column, and one of them exact all the same, as in {@link ComplementarySuppressionTest}. */
    @Test
    void twoHiddenCellsOfEachRowAndColumnAreNoProof() {
        int[][] inner = {{2, 2, 50, 51}, {2, 2, 1, 52}, {53, 54, 2, 2}, {55, 56, 2, 2}};
        EvidenceTable table = Tables.cube(inner);
        Assessment assessment = protect(table, 3, LARGE);
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        assertThat(hidden(assessment)).hasSizeGreaterThan(9);
    }

    @Test
    void noHiddenCellOfATwoWayTableCanBeWorkedOut() {
        Random random = new Random(77);
        int withHidden = 0;
        for (int round = 0; round < 40; round++) {
            int[][] inner = new int[2][2 + random.nextInt(2)];
            for (int[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = random.nextInt(3) == 0 ? random.nextInt(9) : random.nextInt(4);
                }
            }
            EvidenceTable table = Tables.cube(inner);
            Assessment assessment = protect(table, 3, LARGE);
            assertEveryHiddenCellIsWide(inner, table, assessment, 3);
            withHidden += hidden(assessment).isEmpty() ? 0 : 1;
        }
        assertThat(withHidden).isGreaterThan(30);
    }

    @Test
    void noHiddenCellOfAHierarchyCanBeWorkedOut() {
        Random random = new Random(78);
        int withHidden = 0;
        for (int round = 0; round < 40; round++) {
            Map<List<String>, Integer> leaves =
                    new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
            for (String place : List.of("a1", "a2", "b")) {
                for (String sex : List.of("f", "m")) {
                    leaves.put(List.of(place, sex), random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(4));
                }
            }
            EvidenceTable table = hierarchical(leaves);
            Assessment assessment = protect(table, 3, LARGE);
            withHidden += hidden(assessment).isEmpty() ? 0 : 1;
            List<int[]> members = new ArrayList<>();
            List<List<String>> keys = List.copyOf(leaves.keySet());
            table.rows().forEach(row -> members.add(members(row.address().keys(), keys)));
            new Possible(table, assessment, members, leaves.size()).assertWide(3);
        }
        assertThat(withHidden).isGreaterThan(30);
    }

    @Test
    void orderOfRowsDoesNotMatter() {
        Random random = new Random(79);
        for (int round = 0; round < 30; round++) {
            int[][] inner = new int[4][5];
            for (int[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(60);
                }
            }
            List<EvidenceRow> rows = new ArrayList<>(Tables.cubeRows(inner));
            Map<Address, Protected> first = byAddress(Tables.withMargins(rows));
            Collections.shuffle(rows, random);
            assertThat(byAddress(Tables.withMargins(rows))).isEqualTo(first);
        }
    }

    @Test
    void earlierReleasesStayAndAreNotHiddenInsteadOfOthers() {
        EvidenceTable plain = Tables.cube(new int[][] {{2, 40, 90}, {50, 60, 95}, {99, 98, 97}});
        int earlier = Tables.indexOf(plain, 0, "r0", "c1");
        EvidenceTable table = new EvidenceTable(
                plain.measures(),
                plain.rows(),
                plain.margins(),
                List.of(),
                List.of(new FixedCell(earlier, 0, BigDecimal.valueOf(40))));
        Assessment assessment = protect(table, 3, LARGE);
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        assertThat(Tables.isHidden(assessment, earlier)).isFalse();
        assertThat(Tables.isHidden(assessment, Tables.indexOf(table, 0, "r0", "c2")))
                .isTrue();
    }

    @Test
    void whatEarlierReleasesGiveAwayIsNotAnswered() {
        EvidenceTable plain = Tables.cube(new int[][] {{2, 40}, {50, 60}});
        List<FixedCell> fixed = new ArrayList<>();
        for (int row = 0; row < plain.rows().size(); row++) {
            if (row != Tables.indexOf(plain, 0, "r0", "c0")) {
                fixed.add(new FixedCell(
                        row, 0, Objects.requireNonNull(plain.evidence(row, 0).value())));
            }
        }
        EvidenceTable table = new EvidenceTable(plain.measures(), plain.rows(), plain.margins(), List.of(), fixed);
        assertThat(protect(table, 3, LARGE).proof()).isInstanceOf(Proof.NotProtected.class);
    }

    @Test
    void unknownNumberHidesEverythingThatIsTiedToIt() {
        List<EvidenceRow> rows = new ArrayList<>(Tables.cubeRows(new int[][] {{2, 40}, {50, 60}}));
        rows.set(0, new EvidenceRow(rows.getFirst().address(), null, null, List.of(Evidence.missing())));
        Assessment assessment = protect(Tables.withMargins(rows), 3, LARGE);
        assertThat(assessment.proof()).isInstanceOf(Proof.Conservative.class);
        assertThat(hidden(assessment)).hasSize(rows.size());
    }

    @Test
    void withoutWorkLeftEverythingIsHidden() {
        AuditLimits spent = new AuditLimits(400, 300, 1, 1, 1);
        EvidenceTable table = Tables.cube(new int[][] {{2, 40, 9}, {5, 60, 8}, {7, 6, 1}});
        Assessment assessment = protect(table, 10, spent);
        assertThat(assessment.proof()).isInstanceOf(Proof.Conservative.class);
        assertThat(hidden(assessment)).hasSize(table.rows().size());
    }

    /** Patients are at most as many as their stays, and do not add up where they are in two places: relations that are no equations. */
    @Test
    void whatIsShownToBePossibleIsPossible() {
        Random random = new Random(81);
        int compared = 0;
        for (int round = 0; round < 40; round++) {
            EvidenceTable table = stays(random);
            RiskAppetite appetite = Tables.counts(4, ZeroRule.SHOWN, 1);
            Protection protection = new Protection(table, appetite, LARGE);
            Assessment assessment = protection.assess();
            CanonicalOrder order = CanonicalOrder.of(table);
            Setting setting =
                    Setting.of(order.table(), appetite, PrimarySuppression.of(order.table(), appetite), LARGE);
            BitSet hidden = new BitSet();
            for (int cell = 0; cell < setting.system().size(); cell++) {
                int row = order.original().get(setting.system().row(cell));
                hidden.set(cell, assessment.cell(row, cell % 2) instanceof Protected.Hidden);
            }
            Auditor auditor = new Auditor(setting, AuditLimits.interactive(), new WorkBudget(1_000_000_000L));
            for (HiddenInterval shown : assessment.intervals()) {
                int cell = 2 * order.original().indexOf(shown.row()) + shown.measure();
                for (HiddenInterval exact : auditor.intervals(auditor.componentOf(cell, hidden), hidden)) {
                    if (2 * exact.row() + exact.measure() == cell) {
                        compared++;
                        assertThat(number(shown.lower())).isGreaterThanOrEqualTo(number(exact.lower()));
                        assertThat(exact.upper() == null || number(shown.upper()) <= number(exact.upper()))
                                .isTrue();
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(200);
    }

    private static double number(@Nullable BigDecimal bound) {
        return bound == null ? Double.POSITIVE_INFINITY : bound.doubleValue();
    }

    private static EvidenceTable stays(Random random) {
        int[][] people = new int[3][4];
        for (int[] row : people) {
            Arrays.setAll(row, c -> random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(30));
        }
        List<EvidenceRow> rows = Tables.cubeRows(people).stream()
                .map(row -> {
                    long count = Objects.requireNonNull(row.units());
                    boolean whole = row.address().keys().size() < 2;
                    long distinct = whole && count > 8 ? count - random.nextInt(4) : count;
                    return new EvidenceRow(
                            row.address(),
                            distinct,
                            row.populationUnits(),
                            List.of(
                                    Evidence.ofCount(distinct, distinct),
                                    Evidence.ofRecords(2 * count, distinct, distinct == 0 ? 0 : 1)));
                })
                .toList();
        return EvidenceTable.of(List.of(Tables.PATIENTS, Measure.count("stays", MeasureKind.ROWS)), rows)
                .withMargins(MarginEquations.of(
                        rows.stream().map(EvidenceRow::address).toList(), Tables.CUBE));
    }

    /** 150 places in ten regions by 8 ages by sex, some 4,000 cells: beyond what the method for small tables looks at. */
    @Test
    void tableOfThousandsOfCellsIsAuditedAndMostlyShown() {
        Random random = new Random(80);
        Map<List<String>, Integer> counts = new HashMap<>();
        Hierarchy places = Hierarchy.flat("all", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9");
        for (int region = 0; region < 10; region++) {
            String[] codes = new String[15];
            for (int place = 0; place < 15; place++) {
                codes[place] = "p" + region + "." + place;
                for (int age = 0; age < 8; age++) {
                    for (String sex : List.of("f", "m")) {
                        int people = (int) (60 * Math.exp(random.nextGaussian()));
                        for (String p : List.of(codes[place], "r" + region, "all")) {
                            for (String a : List.of("a" + age, "all")) {
                                for (String s : List.of(sex, "all")) {
                                    counts.merge(List.of(p, a, s), people, Integer::sum);
                                }
                            }
                        }
                    }
                }
            }
            places = places.split("r" + region, codes);
        }
        List<EvidenceRow> rows = new ArrayList<>();
        counts.forEach((keys, count) -> rows.add(Tables.row(0, count, keys.toArray(String[]::new))));
        EvidenceTable table = EvidenceTable.of(List.of(Tables.PATIENTS), rows)
                .withTables(List.of(TableShape.of(
                        0,
                        TableDimension.of("place", places),
                        TableDimension.of("age", Hierarchy.flat("all", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7")),
                        TableDimension.of("sex", Hierarchy.flat("all", "f", "m")))));
        Assessment assessment = protect(table, 10, EXACT_PARTS);
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        long small = counts.values().stream().filter(n -> n > 0 && n < 10).count();
        assertThat(small).isGreaterThan(50);
        assertThat(hidden(assessment).size()).isLessThan((int) (6 * small));
        assertThat(hidden(assessment)).noneMatch(address -> address.keys().equals(List.of("all", "all", "all")));
    }

    private static Assessment protect(EvidenceTable table, int threshold, AuditLimits limits) {
        RiskAppetite appetite = Tables.counts(threshold, ZeroRule.SHOWN, 1);
        return new Protection(table, appetite, limits).assess();
    }

    private static List<Address> hidden(Assessment assessment) {
        return assessment.rows().stream()
                .filter(row -> row.cells().getFirst() instanceof Protected.Hidden)
                .map(Assessment.Row::address)
                .toList();
    }

    private static Map<Address, Protected> byAddress(EvidenceTable table) {
        Map<Address, Protected> cells = new HashMap<>();
        protect(table, 5, LARGE)
                .rows()
                .forEach(row -> cells.put(row.address(), row.cells().getFirst()));
        return cells;
    }

    private static void assertEveryHiddenCellIsWide(
            int[][] inner, EvidenceTable table, Assessment assessment, int threshold) {
        List<int[]> members = new ArrayList<>();
        List<List<String>> leaves = new ArrayList<>();
        for (int r = 0; r < inner.length; r++) {
            for (int c = 0; c < inner[0].length; c++) {
                leaves.add(List.of("r" + r, "c" + c));
            }
        }
        for (EvidenceRow row : table.rows()) {
            List<Integer> of = new ArrayList<>();
            for (int leaf = 0; leaf < leaves.size(); leaf++) {
                if (leaves.get(leaf).containsAll(row.address().keys())) {
                    of.add(leaf);
                }
            }
            members.add(of.stream().mapToInt(Integer::intValue).toArray());
        }
        new Possible(table, assessment, members, leaves.size()).assertWide(threshold);
    }

    private static EvidenceTable hierarchical(Map<List<String>, Integer> leaves) {
        Map<List<String>, Integer> counts = new HashMap<>();
        leaves.forEach((keys, count) -> {
            String place = keys.getFirst();
            for (String whole : place.equals("b") ? List.of("b", "all") : List.of(place, "a", "all")) {
                for (String sex : List.of(keys.getLast(), "both")) {
                    counts.merge(List.of(whole, sex), count, Integer::sum);
                }
            }
        });
        List<EvidenceRow> rows = new ArrayList<>();
        counts.forEach((keys, count) -> rows.add(Tables.row(0, count, keys.toArray(String[]::new))));
        return EvidenceTable.of(List.<Measure>of(Tables.PATIENTS), rows)
                .withTables(List.of(TableShape.of(
                        0,
                        TableDimension.of(
                                "place", Hierarchy.flat("all", "a", "b").split("a", "a1", "a2")),
                        TableDimension.of("sex", Hierarchy.flat("both", "f", "m")))));
    }

    private static int[] members(List<String> cell, List<List<String>> leaves) {
        List<Integer> found = new ArrayList<>();
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            String place = leaves.get(leaf).getFirst();
            String whole = cell.getFirst();
            boolean in = whole.equals("all") || whole.equals(place) || (whole.equals("a") && place.startsWith("a"));
            if (in && List.of("both", leaves.get(leaf).getLast()).contains(cell.getLast())) {
                found.add(leaf);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
