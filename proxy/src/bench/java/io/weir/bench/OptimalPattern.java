package io.weir.bench;

import io.weir.disclosure.table.MarginEquation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/**
 * The pattern of least cost that protects a table, proven. Every unprotected cell gives a clause: as long as none of some cells is hidden, it stays
 * unprotected, whatever else is hidden. The cheapest pattern that satisfies the clauses is looked for by branch and bound; when it protects the table,
 * no cheaper one does.
 *
 * <p>Source of the idea: Fischetti and Salazar (2001), cuts from the attacker's problems; here as clauses, which are weaker and easier to get right.
 */
final class OptimalPattern {
    private final CountTable table;
    private final IntToLongFunction cost;
    private final long deadline;
    private final List<Clause> clauses = new ArrayList<>();
    private BitSet best;
    private long bestCost;

    /** @param known a pattern that protects the table */
    OptimalPattern(CountTable table, IntToLongFunction cost, BitSet known, long nanoseconds) {
        this.table = table;
        this.cost = cost;
        deadline = System.nanoTime() + nanoseconds;
        best = complementary(known);
        bestCost = cost(best);
    }

    /** Not satisfied where all of {@code if_} are hidden and none of {@code then}. */
    private record Clause(BitSet when, BitSet then) {}

    /** The complementary cells of a pattern that is cheapest; empty when time ran out before that was proven. */
    Optional<BitSet> find() {
        while (System.nanoTime() < deadline) {
            BitSet cheap = greedy();
            if (!learn(cheap)) {
                keep(cheap);
                Search search = new Search();
                search.run();
                if (search.timeIsUp) {
                    return Optional.empty();
                }
                if (search.found == null) {
                    return Optional.of(best);
                }
                if (!learn(search.found)) {
                    return Optional.of(search.found);
                }
            }
        }
        return Optional.empty();
    }

    private void keep(BitSet pattern) {
        if (cost(pattern) < bestCost) {
            best = pattern;
            bestCost = cost(pattern);
        }
    }

    /** Clauses that a pattern breaks; none when it protects the table. */
    private boolean learn(BitSet pattern) {
        BitSet hidden = table.primary();
        hidden.or(pattern);
        int before = clauses.size();
        for (int cell : table.narrow(hidden)) {
            BitSet when = new BitSet();
            when.set(cell, pattern.get(cell));
            clauses.add(new Clause(when, needed(cell, hidden)));
        }
        table.exposedUnion(hidden).ifPresent(margin -> clauses.add(union(margin, pattern)));
        return clauses.size() > before;
    }

    private Clause union(MarginEquation margin, BitSet pattern) {
        BitSet when = new BitSet();
        BitSet then = new BitSet();
        Stream.concat(margin.left().stream(), margin.right().stream()).forEach(cell -> {
            when.set(cell, pattern.get(cell));
            then.set(cell, !pattern.get(cell) && table.eligible().get(cell));
        });
        return new Clause(when, then);
    }

    /** Cells of which one has to be hidden beside these for a cell to be protected, as few and as dear as possible: all others are hidden, cheapest first. */
    private BitSet needed(int cell, BitSet hidden) {
        BitSet all = (BitSet) hidden.clone();
        BitSet needed = table.eligible();
        needed.andNot(hidden);
        List<Integer> order = needed.stream()
                .boxed()
                .sorted(Comparator.comparingLong(cost::applyAsLong))
                .toList();
        hideHarmless(cell, order, all);
        needed.andNot(all);
        return needed;
    }

    private void hideHarmless(int cell, List<Integer> cells, BitSet hidden) {
        if (cells.isEmpty()) {
            return;
        }
        cells.forEach(hidden::set);
        if (table.isNarrow(cell, hidden)) {
            return;
        }
        cells.forEach(hidden::clear);
        if (cells.size() > 1) {
            int half = cells.size() / 2;
            hideHarmless(cell, cells.subList(0, half), hidden);
            hideHarmless(cell, cells.subList(half, cells.size()), hidden);
        }
    }

    /** A pattern that satisfies the clauses, cheap and at once. */
    private BitSet greedy() {
        BitSet pattern = new BitSet();
        Optional<Clause> open = firstOpen(pattern);
        while (open.isPresent()) {
            BitSet then = open.get().then();
            int cell = then.stream()
                    .boxed()
                    .min(Comparator.comparingDouble(one -> (double) cost.applyAsLong(one) / closed(one, pattern)))
                    .orElseThrow();
            pattern.set(cell);
            open = firstOpen(pattern);
        }
        return pattern;
    }

    private long closed(int cell, BitSet pattern) {
        return clauses.stream()
                .filter(clause -> isOpen(clause, pattern) && clause.then().get(cell))
                .count();
    }

    private Optional<Clause> firstOpen(BitSet pattern) {
        return clauses.stream().filter(clause -> isOpen(clause, pattern)).findFirst();
    }

    private static boolean isOpen(Clause clause, BitSet pattern) {
        BitSet missing = (BitSet) clause.when().clone();
        missing.andNot(pattern);
        return missing.isEmpty() && !clause.then().intersects(pattern);
    }

    private static long cost(BitSet pattern, IntToLongFunction cost) {
        return pattern.stream().mapToLong(cost::applyAsLong).sum();
    }

    private long cost(BitSet pattern) {
        return cost(pattern, cost);
    }

    private BitSet complementary(BitSet known) {
        BitSet cells = (BitSet) known.clone();
        cells.andNot(table.primary());
        return cells;
    }

    /** Depth first; a set of open clauses without a common cell costs at least the cheapest cell of each. */
    private final class Search {
        private final BitSet in = new BitSet();
        private final BitSet out = new BitSet();
        private long least = bestCost;
        private BitSet found;
        private boolean timeIsUp;
        private int steps;

        void run() {
            go(0);
        }

        private void go(long soFar) {
            timeIsUp |= (++steps & 255) == 0 && System.nanoTime() > deadline;
            if (timeIsUp) {
                return;
            }
            BitSet narrowest = null;
            BitSet counted = new BitSet();
            long bound = soFar;
            for (Clause clause : clauses) {
                if (isOpen(clause, in)) {
                    BitSet free = (BitSet) clause.then().clone();
                    free.andNot(out);
                    if (free.isEmpty()) {
                        return;
                    }
                    if (narrowest == null || free.cardinality() < narrowest.cardinality()) {
                        narrowest = free;
                    }
                    if (!free.intersects(counted)) {
                        counted.or(free);
                        bound += free.stream().mapToLong(cost::applyAsLong).min().orElseThrow();
                    }
                }
            }
            if (bound >= least) {
                return;
            }
            if (narrowest == null) {
                least = soFar;
                found = (BitSet) in.clone();
                return;
            }
            List<Integer> cells = narrowest.stream()
                    .boxed()
                    .sorted(Comparator.comparingLong(cost::applyAsLong))
                    .toList();
            for (int cell : cells) {
                in.set(cell);
                go(soFar + cost.applyAsLong(cell));
                in.clear(cell);
                out.set(cell);
            }
            cells.forEach(out::clear);
        }
    }
}
