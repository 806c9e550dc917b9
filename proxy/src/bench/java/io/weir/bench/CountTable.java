package io.weir.bench;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.FeasibleIntervals;
import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.Relation;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Hierarchy;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.TableDimension;
import io.weir.disclosure.table.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A small table of counts of people, and what a pattern of hidden cells must fulfil in it, written down once more and apart from the library: counts
 * are shown as they are, zeros are shown, and 1 to {@code threshold} - 1 are hidden.
 */
final class CountTable {
    private static final double WHOLE = 1e-6;

    private final EvidenceTable table;
    private final int threshold;
    private final BitSet primary = new BitSet();
    private final BitSet eligible = new BitSet();

    private CountTable(EvidenceTable table, int threshold) {
        this.table = table;
        this.threshold = threshold;
        for (int cell = 0; cell < table.rows().size(); cell++) {
            primary.set(cell, value(cell) > 0 && value(cell) < threshold);
            eligible.set(cell, value(cell) >= threshold);
        }
    }

    /**
     * A random one.
     *
     * @param shape dimensions as numbers of codes, {@code 5}, or of groups and of codes in each, {@code 2x3}
     * @param people in a lowest cell, about
     */
    static CountTable draw(String shape, double people, int threshold, Random random) {
        List<TableDimension> dimensions = new ArrayList<>();
        List<List<List<String>>> wholes = new ArrayList<>();
        for (String part : shape.split(",")) {
            wholes.add(codes("d" + dimensions.size(), part, dimensions));
        }
        Map<List<String>, Long> counts = new HashMap<>();
        double[][] weights = wholes.stream()
                .map(codes -> random.doubles(codes.size()).map(r -> 0.3 / (0.1 + r)).toArray())
                .toArray(double[][]::new);
        int leaves = wholes.stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
        for (int leaf = 0; leaf < leaves; leaf++) {
            int rest = leaf;
            double expected = people;
            List<List<String>> above = List.of(List.of());
            for (int d = 0; d < weights.length; d++) {
                int code = rest % weights[d].length;
                rest /= weights[d].length;
                expected *= weights[d][code];
                above = extended(above, wholes.get(d).get(code));
            }
            long count = (long) Math.floor(expected * Math.exp(0.8 * random.nextGaussian()));
            above.forEach(keys -> counts.merge(keys, count, Long::sum));
        }
        List<EvidenceRow> rows = counts.entrySet().stream()
                .map(cell -> new EvidenceRow(
                        new Address(0, cell.getKey()),
                        cell.getValue(),
                        Long.MAX_VALUE / 4,
                        List.of(Evidence.ofCount(cell.getValue(), cell.getValue()))))
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
        EvidenceTable table = EvidenceTable.of(List.of(Measure.count("people", MeasureKind.UNITS)), rows)
                .withTables(List.of(new TableShape(0, dimensions)));
        return new CountTable(table, threshold);
    }

    /** Each list with each of the codes at its end. */
    static List<List<String>> extended(List<List<String>> above, List<String> codes) {
        return above.stream()
                .flatMap(keys -> codes.stream()
                        .map(code -> Stream.concat(keys.stream(), Stream.of(code)).toList()))
                .toList();
    }

    private static List<List<String>> codes(String name, String part, List<TableDimension> dimensions) {
        String[] numbers = part.split("x");
        String[] first = new String[Integer.parseInt(numbers[0])];
        Arrays.setAll(first, code -> "g" + code);
        Hierarchy hierarchy = Hierarchy.flat("all", first);
        List<List<String>> wholes = new ArrayList<>();
        for (String group : first) {
            if (numbers.length == 1) {
                wholes.add(List.of("all", group));
                continue;
            }
            String[] codes = new String[Integer.parseInt(numbers[1])];
            Arrays.setAll(codes, code -> group + "." + code);
            hierarchy = hierarchy.split(group, codes);
            for (String code : codes) {
                wholes.add(List.of("all", group, code));
            }
        }
        dimensions.add(TableDimension.of(name, hierarchy));
        return wholes;
    }

    EvidenceTable table() {
        return table;
    }

    int size() {
        return table.rows().size();
    }

    long value(int cell) {
        Long units = table.rows().get(cell).units();
        return units == null ? 0 : units;
    }

    /** Cells that the threshold hides. */
    BitSet primary() {
        return (BitSet) primary.clone();
    }

    /** Cells that may be hidden for others. */
    BitSet eligible() {
        return (BitSet) eligible.clone();
    }

    /** The cells that share an equation with a cell. */
    BitSet around(int cell) {
        BitSet found = new BitSet();
        table.margins().stream()
                .filter(margin -> margin.left().contains(cell) || margin.right().contains(cell))
                .flatMap(margin -> Stream.concat(margin.left().stream(), margin.right().stream()))
                .forEach(found::set);
        return found;
    }

    /** Hidden cells that can be worked out too closely. */
    List<Integer> narrow(BitSet hidden) {
        List<Integer> cells = hidden.stream().boxed().toList();
        FeasibleIntervals intervals = intervals(hidden, cells);
        List<Integer> narrow = new ArrayList<>();
        for (int index = 0; index < cells.size(); index++) {
            if (!isEnough(cells.get(index), intervals, index)) {
                narrow.add(cells.get(index));
            }
        }
        return narrow;
    }

    /** Whether one of them is. */
    boolean isNarrow(int cell, BitSet hidden) {
        List<Integer> cells = hidden.stream().boxed().toList();
        return !isEnough(cell, intervals(hidden, cells), cells.indexOf(cell));
    }

    /** Hidden cells that are published as their sum, by the other side of an equation, and of which that sum has to be hidden, too. */
    Optional<MarginEquation> exposedUnion(BitSet hidden) {
        return table.margins().stream()
                .filter(margin -> isExposed(margin.left(), margin.right(), hidden)
                        || isExposed(margin.right(), margin.left(), hidden))
                .findFirst();
    }

    private boolean isExposed(List<Integer> side, List<Integer> other, BitSet hidden) {
        List<Integer> union = side.stream().filter(hidden::get).toList();
        boolean shownAsMargin = union.size() == side.size() && other.size() == 1;
        return union.size() > 1
                && !shownAsMargin
                && other.stream().noneMatch(hidden::get)
                && union.stream().mapToLong(this::value).sum() < threshold;
    }

    private boolean isEnough(int cell, FeasibleIntervals intervals, int index) {
        return isEnough(cell, intervals.seen(index))
                || isEnough(cell, intervals.of(index).orElseThrow());
    }

    private boolean isEnough(int cell, FeasibleInterval interval) {
        double lower = Math.ceil(interval.lower() - WHOLE);
        double upper = Math.floor(interval.upper() + WHOLE);
        return primary.get(cell)
                ? upper - lower >= threshold || (lower <= 1 && upper >= threshold)
                : upper - lower >= 1;
    }

    private FeasibleIntervals intervals(BitSet hidden, List<Integer> cells) {
        double[] lower = new double[cells.size()];
        double[] upper = new double[cells.size()];
        Arrays.fill(lower, 1); // zeros are shown
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        int[] index = new int[size()];
        for (int i = 0; i < cells.size(); i++) {
            index[cells.get(i)] = i;
        }
        List<Relation> relations = new ArrayList<>();
        for (MarginEquation margin : table.margins()) {
            int[] left = margin.left().stream().filter(hidden::get).mapToInt(cell -> cell).toArray();
            int[] right = margin.right().stream().filter(hidden::get).mapToInt(cell -> cell).toArray();
            if (left.length + right.length > 0) {
                int[] variables = new int[left.length + right.length];
                double[] coefficients = new double[variables.length];
                double truth = 0;
                for (int i = 0; i < variables.length; i++) {
                    int cell = i < left.length ? left[i] : right[i - left.length];
                    variables[i] = index[cell];
                    coefficients[i] = i < left.length ? 1 : -1;
                    truth += coefficients[i] * value(cell);
                }
                relations.add(Relation.equal(variables, coefficients, truth));
            }
        }
        return FeasibleIntervals.of(new LinearSystem(lower, upper, relations), new WorkBudget(Long.MAX_VALUE))
                .orElseThrow();
    }
}
