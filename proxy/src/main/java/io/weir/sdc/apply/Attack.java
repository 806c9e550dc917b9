package io.weir.sdc.apply;

import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.FeasibleIntervals;
import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.Relation;
import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from a published table for somebody who has nothing else: each cell lies between two numbers, and sums hold between cells. Part by part, by
 * linear programmes. One thread.
 */
final class Attack {
    private static final double WHOLE = 1e-6;

    private final double[] lower;
    private final double[] upper;
    private final boolean[] whole;
    private final List<Sum> sums = new ArrayList<>();

    /**
     * The left cells add up to the right ones, or to no more.
     *
     * @param equal whether to the same
     */
    record Sum(int[] left, int[] right, boolean equal) {}

    /**
     * @param lower finite, one for each cell
     * @param upper possibly infinite
     * @param whole whether a cell is a whole number
     */
    Attack(double[] lower, double[] upper, boolean[] whole) {
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.whole = whole.clone();
    }

    void equal(int[] left, int[] right) {
        sums.add(new Sum(left, right, true));
    }

    void atMost(int[] left, int[] right) {
        sums.add(new Sum(left, right, false));
    }

    /** What became of an attack. */
    sealed interface Result {
        /** @param intervals of the cells that are not certain from the start; without those that were too much work */
        record Found(Map<Integer, FeasibleInterval> intervals, boolean complete) implements Result {}

        /**
         * No numbers fit.
         *
         * @param cells between which: a sum, or where no single one is to blame a part of the table
         */
        record Contradiction(List<Integer> cells) implements Result {}
    }

    Result run(WorkBudget budget) {
        Map<Integer, FeasibleInterval> found = new LinkedHashMap<>();
        boolean complete = true;
        // Sums of numbers that are all certain are in no part.
        for (Sum sum : sums) {
            if (new Clash(lower, upper, List.of(sum)).cells().isPresent()) {
                return new Result.Contradiction(Clash.of(sum));
            }
        }
        for (Part part : parts()) {
            Optional<FeasibleIntervals> intervals = FeasibleIntervals.of(part.system(), budget);
            if (intervals.isEmpty() && !budget.isSpent()) {
                return new Result.Contradiction(
                        new Clash(lower, upper, sums).cells().orElse(part.cells()));
            }
            for (int i = 0; i < part.cells().size(); i++) {
                Optional<FeasibleInterval> interval =
                        intervals.isEmpty() ? Optional.empty() : intervals.get().of(i);
                complete &= interval.isPresent();
                if (interval.isPresent()) {
                    int cell = part.cells().get(i);
                    found.put(cell, inwards(cell, interval.get()));
                }
            }
        }
        return new Result.Found(found, complete);
    }

    private FeasibleInterval inwards(int cell, FeasibleInterval interval) {
        return whole[cell]
                ? new FeasibleInterval(Math.ceil(interval.lower() - WHOLE), Math.floor(interval.upper() + WHOLE))
                : interval;
    }

    private record Part(List<Integer> cells, LinearSystem system) {}

    private boolean isCertain(int cell) {
        return lower[cell] == upper[cell];
    }

    private List<Part> parts() {
        int[] part = new int[lower.length];
        Arrays.setAll(part, i -> i);
        for (Sum sum : sums) {
            int first = -1;
            for (int[] side : List.of(sum.left(), sum.right())) {
                for (int cell : side) {
                    if (!isCertain(cell)) {
                        first = first < 0 ? cell : first;
                        part[root(part, cell)] = root(part, first);
                    }
                }
            }
        }
        Map<Integer, List<Integer>> cells = new LinkedHashMap<>();
        for (int cell = 0; cell < lower.length; cell++) {
            if (!isCertain(cell)) {
                cells.computeIfAbsent(root(part, cell), root -> new ArrayList<>())
                        .add(cell);
            }
        }
        Map<Integer, List<Sum>> bySums = new HashMap<>();
        for (Sum sum : sums) {
            Optional<Integer> some =
                    Arrays.stream(sum.left()).boxed().filter(c -> !isCertain(c)).findFirst();
            some = some.or(() -> Arrays.stream(sum.right())
                    .boxed()
                    .filter(c -> !isCertain(c))
                    .findFirst());
            if (some.isPresent()) {
                bySums.computeIfAbsent(root(part, some.get()), root -> new ArrayList<>())
                        .add(sum);
            }
        }
        List<Part> parts = new ArrayList<>();
        cells.forEach((root, members) ->
                parts.add(new Part(members, system(members, bySums.getOrDefault(root, List.of())))));
        return parts;
    }

    private static int root(int[] part, int cell) {
        int at = cell;
        while (part[at] != at) {
            part[at] = part[part[at]];
            at = part[at];
        }
        return at;
    }

    private double certain(int[] cells) {
        return Arrays.stream(cells)
                .filter(this::isCertain)
                .mapToDouble(cell -> lower[cell])
                .sum();
    }

    private LinearSystem system(List<Integer> cells, List<Sum> own) {
        Map<Integer, Integer> indexOf = new HashMap<>();
        cells.forEach(cell -> indexOf.put(cell, indexOf.size()));
        List<Relation> relations = new ArrayList<>();
        for (Sum sum : own) {
            List<Integer> variables = new ArrayList<>();
            List<Double> coefficients = new ArrayList<>();
            terms(sum.left(), 1, indexOf, variables, coefficients);
            terms(sum.right(), -1, indexOf, variables, coefficients);
            double rest = certain(sum.right()) - certain(sum.left());
            relations.add(new Relation(
                    variables.stream().mapToInt(Integer::intValue).toArray(),
                    coefficients.stream().mapToDouble(Double::doubleValue).toArray(),
                    sum.equal() ? rest : Double.NEGATIVE_INFINITY,
                    rest));
        }
        return new LinearSystem(
                cells.stream().mapToDouble(cell -> lower[cell]).toArray(),
                cells.stream().mapToDouble(cell -> upper[cell]).toArray(),
                relations);
    }

    private void terms(
            int[] side,
            double sign,
            Map<Integer, Integer> indexOf,
            List<Integer> variables,
            List<Double> coefficients) {
        for (int cell : side) {
            Integer index = indexOf.get(cell);
            if (index != null) {
                variables.add(index);
                coefficients.add(sign);
            }
        }
    }
}
