package io.weir.disclosure.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HierarchyEquationsTest {
    private static final TableDimension PLACE = TableDimension.of(
            "place",
            Hierarchy.flat("England", "North", "South").split("North", "Leeds", "York"),
            Hierarchy.flat("England", "Urban", "Rural")
                    .split("Urban", "Leeds", "South")
                    .split("Rural", "York"));
    private static final TableDimension SEX = TableDimension.of("sex", Hierarchy.flat("Both", "F", "M"));
    private static final TableDimension AGE = TableDimension.of("age", Hierarchy.flat("All", "0-64", "65+"));

    @Test
    void branchesNeedNotBeEquallyDeep() {
        TableDimension place = TableDimension.of(
                "place", Hierarchy.flat("England", "North", "South").split("North", "Leeds", "York"));
        List<Address> rows = addresses(0, "England", "North", "South", "Leeds", "York");
        assertThat(HierarchyEquations.of(rows, List.of(TableShape.of(0, place))))
                .containsExactlyInAnyOrder(
                        MarginEquation.margin(0, List.of(1, 2)), MarginEquation.margin(1, List.of(3, 4)));
    }

    @Test
    void eachHierarchyOfADimensionAddsUp() {
        List<Address> rows = addresses(0, "England", "North", "South", "Leeds", "York", "Urban", "Rural");
        assertThat(HierarchyEquations.of(rows, List.of(TableShape.of(0, PLACE))))
                .containsExactlyInAnyOrder(
                        MarginEquation.margin(0, List.of(1, 2)),
                        MarginEquation.margin(0, List.of(5, 6)),
                        MarginEquation.margin(1, List.of(3, 4)),
                        MarginEquation.margin(5, List.of(3, 2)),
                        MarginEquation.margin(6, List.of(4)));
    }

    @Test
    void marginWithoutRowIsReplacedByItsParts() {
        List<Address> rows = addresses(0, "England", "South", "Leeds", "York");
        TableDimension place = TableDimension.of(
                "place", Hierarchy.flat("England", "North", "South").split("North", "Leeds", "York"));
        assertThat(HierarchyEquations.of(rows, List.of(TableShape.of(0, place))))
                .containsExactly(MarginEquation.margin(0, List.of(1, 2, 3)));
    }

    @Test
    void marginThatNobodyAskedForIsAddedUpInTwoWays() {
        List<Address> rows = addresses(0, "North", "South", "Urban", "Rural");
        TableDimension place = TableDimension.of(
                "place", Hierarchy.flat("England", "North", "South"), Hierarchy.flat("England", "Urban", "Rural"));
        assertThat(HierarchyEquations.of(rows, List.of(TableShape.of(0, place))))
                .containsExactly(new MarginEquation(List.of(0, 1), List.of(2, 3)));
    }

    @Test
    void leafWithoutRowIsEmptyAndPartsWithoutAnyRowSayNothing() {
        List<Address> rows = addresses(0, "England", "North", "Leeds");
        TableDimension place = TableDimension.of(
                "place",
                Hierarchy.flat("England", "North", "South")
                        .split("North", "Leeds", "York")
                        .split("South", "Bath"));
        assertThat(HierarchyEquations.of(rows, List.of(TableShape.of(0, place))))
                .containsExactlyInAnyOrder(MarginEquation.margin(0, List.of(1)), MarginEquation.margin(1, List.of(2)));
        assertThat(HierarchyEquations.of(addresses(0, "England"), List.of(TableShape.of(0, place))))
                .isEmpty();
    }

    @Test
    void tablesAreLinkedByTheCellsTheyShare() {
        List<Address> rows = List.of(
                new Address(0, List.of("North", "F")),
                new Address(0, List.of("North", "M")),
                new Address(1, List.of("North", "0-64")),
                new Address(1, List.of("North", "65+")),
                new Address(2, List.of("North")));
        List<TableShape> shapes =
                List.of(TableShape.of(0, PLACE, SEX), TableShape.of(1, PLACE, AGE), TableShape.of(2, PLACE));
        assertThat(HierarchyEquations.of(rows, shapes))
                .contains(MarginEquation.margin(4, List.of(0, 1)), MarginEquation.margin(4, List.of(2, 3)));
    }

    @Test
    void tablesOfDifferentLevelsDoNotMakeEachOtherEmpty() {
        TableDimension regions = TableDimension.of("place", Hierarchy.flat("England", "North", "South"));
        List<Address> rows = List.of(
                new Address(0, List.of("North", "F")),
                new Address(0, List.of("North", "M")),
                new Address(0, List.of("South", "F")),
                new Address(1, List.of("North")),
                new Address(1, List.of("South")),
                new Address(1, List.of("Leeds")),
                new Address(1, List.of("York")));
        assertThat(HierarchyEquations.of(rows, List.of(TableShape.of(0, regions, SEX), TableShape.of(1, PLACE))))
                .contains(
                        MarginEquation.margin(3, List.of(0, 1)),
                        MarginEquation.margin(4, List.of(2)),
                        MarginEquation.margin(3, List.of(5, 6)))
                .noneMatch(equation ->
                        equation.left().equals(List.of(0)) || equation.right().equals(List.of(0)));
    }

    /** The number of independent equations is the number of cells less the number of leaves, which everything adds up from. */
    @Test
    void equationsOfCompleteTablesAreAllThereAre() {
        List<Address> rows = new ArrayList<>();
        List<String> places = List.of("England", "North", "South", "Leeds", "York", "Urban", "Rural");
        for (String place : places) {
            for (String sex : List.of("Both", "F", "M")) {
                for (String age : List.of("All", "0-64", "65+")) {
                    rows.add(new Address(0, List.of(place, sex, age)));
                }
            }
        }
        List<MarginEquation> equations = HierarchyEquations.of(rows, List.of(TableShape.of(0, PLACE, SEX, AGE)));
        assertThat(rank(equations, rows.size())).isEqualTo(rows.size() - 3 * 2 * 2);
    }

    @Test
    void everyEquationHoldsInTablesThatAreCounted() {
        Random random = new Random(5);
        for (int round = 0; round < 40; round++) {
            List<Address> all = new ArrayList<>();
            Map<Address, Integer> counts = new HashMap<>();
            count(random, all, counts);
            List<Address> rows = all.stream()
                    .filter(a -> a.keys().stream().allMatch(HierarchyEquationsTest::isLeaf) || random.nextInt(4) > 0)
                    .filter(a -> counts.getOrDefault(a, 0) > 0)
                    .toList();
            List<MarginEquation> equations =
                    HierarchyEquations.of(rows, List.of(TableShape.of(0, PLACE, SEX), TableShape.of(1, PLACE, AGE)));
            assertThat(equations)
                    .isNotEmpty()
                    .allMatch(e -> sum(e.left(), rows, counts) == sum(e.right(), rows, counts));
        }
    }

    @Test
    void exampleOfTheJavadocIsProtected() {
        int[][] byPlaceAndSex = {{40, 30}, {3, 50}, {60, 70}};
        int[][] byPlaceAndAge = {{20, 50}, {30, 23}, {65, 65}};
        List<EvidenceRow> rows = new ArrayList<>();
        add(rows, 0, byPlaceAndSex, List.of("F", "M"), "Both");
        add(rows, 1, byPlaceAndAge, List.of("0-64", "65+"), "All");
        EvidenceTable table = EvidenceTable.of(List.of(Measure.count("patients", MeasureKind.UNITS)), rows)
                .withTables(List.of(TableShape.of(0, PLACE, SEX), TableShape.of(1, PLACE, AGE)));
        Assessment assessment =
                new DisclosureRules().protect(table, new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(), null));
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        assertThat(IntStream.range(0, rows.size())
                        .filter(row -> assessment.cell(row, 0) instanceof Protected.Hidden)
                        .mapToObj(row -> rows.get(row).address().keys()))
                .contains(List.of("York", "F"), List.of("Rural", "F"))
                .hasSizeBetween(6, 12);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        List<TableShape> shapes = List.of(TableShape.of(0, PLACE));
        assertThatThrownBy(() -> HierarchyEquations.of(addresses(0, "Wales"), shapes))
                .hasMessageContaining("code");
        assertThatThrownBy(() -> HierarchyEquations.of(addresses(1, "North"), shapes))
                .hasMessageContaining("table");
        assertThatThrownBy(() -> HierarchyEquations.of(List.of(Address.of("North", "F")), shapes))
                .hasMessageContaining("table");
        assertThatThrownBy(() -> HierarchyEquations.of(List.of(), List.of(shapes.getFirst(), shapes.getFirst())))
                .hasMessageContaining("same id");
        TableDimension other = TableDimension.of("place", Hierarchy.flat("Britain", "England"));
        assertThatThrownBy(() -> HierarchyEquations.of(List.of(), List.of(shapes.getFirst(), TableShape.of(1, other))))
                .hasMessageContaining("same total");
        TableDimension circle = TableDimension.of(
                "place",
                Hierarchy.flat("England", "A").split("A", "B"),
                Hierarchy.flat("England", "B").split("B", "A"));
        assertThatThrownBy(() -> HierarchyEquations.of(List.of(), List.of(TableShape.of(0, circle))))
                .hasMessageContaining("contradict");
    }

    private static void add(List<EvidenceRow> rows, int table, int[][] inner, List<String> codes, String total) {
        Map<String, int[]> places = Map.of(
                "England", new int[] {0, 1, 2},
                "North", new int[] {0, 1},
                "South", new int[] {2},
                "Leeds", new int[] {0},
                "York", new int[] {1},
                "Urban", new int[] {0, 2},
                "Rural", new int[] {1});
        places.forEach((place, leaves) -> {
            long both = 0;
            for (int code = 0; code < codes.size(); code++) {
                int at = code;
                long count =
                        IntStream.of(leaves).mapToLong(leaf -> inner[leaf][at]).sum();
                rows.add(row(table, count, place, codes.get(code)));
                both += count;
            }
            rows.add(row(table, both, place, total));
        });
    }

    private static EvidenceRow row(int table, long count, String... keys) {
        return new EvidenceRow(
                new Address(table, List.of(keys)), count, 100_000L, List.of(Evidence.ofCount(count, count)));
    }

    private static void count(Random random, List<Address> all, Map<Address, Integer> counts) {
        Map<String, List<String>> wholes = Map.of(
                "Leeds", List.of("Leeds", "North", "Urban", "England"),
                "York", List.of("York", "North", "Rural", "England"),
                "South", List.of("South", "Urban", "England"));
        for (String place : List.of("Leeds", "York", "South")) {
            for (String sex : List.of("F", "M")) {
                for (String age : List.of("0-64", "65+")) {
                    int people = random.nextInt(4) * random.nextInt(5);
                    for (String whole : wholes.getOrDefault(place, List.of())) {
                        for (String second : List.of(sex, "Both")) {
                            counts.merge(new Address(0, List.of(whole, second)), people, Integer::sum);
                        }
                        for (String second : List.of(age, "All")) {
                            counts.merge(new Address(1, List.of(whole, second)), people, Integer::sum);
                        }
                    }
                }
            }
        }
        all.addAll(counts.keySet().stream().sorted().toList());
    }

    private static boolean isLeaf(String code) {
        return List.of("Leeds", "York", "South", "F", "M", "0-64", "65+").contains(code);
    }

    private static int sum(List<Integer> side, List<Address> rows, Map<Address, Integer> counts) {
        return side.stream()
                .mapToInt(row -> counts.getOrDefault(rows.get(row), 0))
                .sum();
    }

    private static int rank(List<MarginEquation> equations, int width) {
        double[][] matrix = new double[equations.size()][width];
        for (int i = 0; i < matrix.length; i++) {
            for (int row : equations.get(i).left()) {
                matrix[i][row] = 1;
            }
            for (int row : equations.get(i).right()) {
                matrix[i][row] = -1;
            }
        }
        int rank = 0;
        for (int column = 0; column < width && rank < matrix.length; column++) {
            int pivot = rank;
            for (int i = rank; i < matrix.length; i++) {
                pivot = Math.abs(matrix[i][column]) > Math.abs(matrix[pivot][column]) ? i : pivot;
            }
            if (Math.abs(matrix[pivot][column]) < 1e-9) {
                continue;
            }
            double[] swap = matrix[rank];
            matrix[rank] = matrix[pivot];
            matrix[pivot] = swap;
            for (int i = rank + 1; i < matrix.length; i++) {
                double factor = matrix[i][column] / matrix[rank][column];
                for (int c = column; factor != 0 && c < width; c++) {
                    matrix[i][c] -= factor * matrix[rank][c];
                }
            }
            rank++;
        }
        return rank;
    }

    private static List<Address> addresses(int table, String... codes) {
        return Arrays.stream(codes)
                .map(code -> new Address(table, List.of(code)))
                .toList();
    }
}
