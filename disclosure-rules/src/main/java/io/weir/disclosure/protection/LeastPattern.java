package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the pattern that hides least, and returns the best one that the auditor let pass: at first the known one, and never one with more cells or
 * more of the value.
 *
 * <p>Every violation gives a clause: as long as none of some cells is hidden, it stays, whatever else is hidden. The cheapest pattern that satisfies the
 * clauses is looked for by branch and bound, costs being shares of the known pattern's cells and of its value; when it protects the table, none that is better
 * in one and not worse in the other is cheaper. A clause that cuts off too much would cost a better pattern, not protection.
 *
 * <p>Source of the idea: Fischetti and Salazar (2001), cuts from the attacker's problems; here as clauses, which are weaker and easier to get right.
 */
final class LeastPattern {
    /** Of looking at one clause in one step of the search, in matrix elements. */
    private static final long WORK_OF_A_CLAUSE = 30;

    private static final double ROUNDING = 1e-9;

    private final Setting setting;
    private final Hiding hiding;
    private final Auditor auditor;
    private final WorkBudget budget;
    private final BitSet eligible = new BitSet();
    private final List<Clause> clauses = new ArrayList<>();
    private final int mostCells;
    private final double mostValue;
    private BitSet best;
    private double bestCost;
    private boolean stopped;

    /**
     * @param hiding with a pattern that protects the table, no part of which was given up
     * @param budget of the auditor
     */
    LeastPattern(Setting setting, Hiding hiding, Auditor auditor, WorkBudget budget) {
        this.setting = setting;
        this.hiding = hiding;
        this.auditor = auditor;
        this.budget = budget;
        best = (BitSet) hiding.hidden().clone();
        best.andNot(setting.primary());
        mostCells = best.cardinality();
        mostValue = value(best);
        bestCost = cost(best);
        for (int cell = 0; cell < setting.system().size(); cell++) {
            eligible.set(
                    cell,
                    !setting.primary().get(cell)
                            && !setting.components().isAlone(cell)
                            && (best.get(cell) || hiding.mayHide(cell)));
        }
    }

    /** Not satisfied where all of {@code when} are hidden and none of {@code then}. */
    private record Clause(BitSet when, BitSet then) {}

    /** All hidden cells of the best pattern. */
    BitSet find() {
        boolean better = true;
        while (better && !isOver()) {
            BitSet cheap = greedy();
            if (cheap != null && learn(cheap)) {
                continue;
            }
            if (cheap != null) {
                keep(cheap);
            }
            Search search = new Search();
            search.go(0, 0, 0);
            BitSet found = search.found;
            better = found != null && learn(found);
            if (found != null && !better) {
                keep(found);
            }
        }
        return hidden(best);
    }

    private boolean isOver() {
        return stopped || budget.isSpent();
    }

    private BitSet hidden(BitSet pattern) {
        BitSet hidden = (BitSet) setting.primary().clone();
        hidden.or(pattern);
        return hidden;
    }

    private void keep(BitSet pattern) {
        boolean fits = pattern.cardinality() <= mostCells && value(pattern) <= mostValue + ROUNDING;
        if (!isOver() && fits && cost(pattern) < bestCost - ROUNDING) {
            best = pattern;
            bestCost = cost(pattern);
        }
    }

    /** Clauses that a pattern breaks, one for each part of the table; none when it protects it. True as well when the work is used up. */
    private boolean learn(BitSet pattern) {
        BitSet hidden = hidden(pattern);
        BitSet excused = new BitSet();
        int before = clauses.size();
        Optional<Violation> violation = auditor.firstViolation(hidden, excused);
        while (violation.isPresent() && !isOver()) {
            switch (violation.get()) {
                case Violation.TooNarrow narrow -> learn(narrow, pattern, hidden);
                case Violation.NotAudited part -> stopped = true;
            }
            excused.or(auditor.componentOf(violation.get().cell(), hidden).hidden());
            violation = auditor.firstViolation(hidden, excused);
        }
        return clauses.size() > before || isOver();
    }

    private void learn(Violation.TooNarrow violation, BitSet pattern, BitSet hidden) {
        List<Integer> narrow = auditor.narrowAround(violation.cell(), hidden);
        for (int cell : narrow) {
            clauses.add(new Clause(only(cell, pattern), needed(cell, hidden)));
        }
        if (narrow.isEmpty()) {
            clauses.add(
                    auditor.isNarrow(violation.cell(), hidden)
                            ? new Clause(only(violation.cell(), pattern), neededByOne(violation.cell(), hidden))
                            : union(violation, pattern));
        }
    }

    /** Nothing where it is hidden by a check. */
    private static BitSet only(int cell, BitSet pattern) {
        BitSet when = new BitSet();
        when.set(cell, pattern.get(cell));
        return when;
    }

    /** Of several cells together, which one relation publishes as their sum. */
    private Clause union(Violation.TooNarrow violation, BitSet pattern) {
        BitSet when = new BitSet();
        BitSet then = new BitSet();
        for (Link link : violation.blocking()) {
            for (int cell : link.cells()) {
                when.set(cell, pattern.get(cell));
                then.set(cell, eligible.get(cell) && !pattern.get(cell));
            }
        }
        return new Clause(when, then);
    }

    /** Cells of which one has to be hidden beside these for a cell to be protected, as few and as dear as possible. */
    private BitSet needed(int cell, BitSet hidden) {
        BitSet all = (BitSet) hidden.clone();
        for (int other : cheapestFirst(binding(cell, all))) {
            all.set(other);
            if (!auditor.isNarrowToEverybody(cell, all)) {
                all.clear(other);
            }
        }
        return binding(cell, all);
    }

    private BitSet binding(int cell, BitSet hidden) {
        BitSet binding = auditor.binding(cell, hidden).orElseGet(() -> (BitSet) eligible.clone());
        binding.and(eligible);
        binding.andNot(hidden);
        return binding;
    }

    /** The same of a cell that is too narrow to a single contributor only: all others are hidden, cheapest first. */
    private BitSet neededByOne(int cell, BitSet hidden) {
        BitSet all = (BitSet) hidden.clone();
        BitSet needed = (BitSet) eligible.clone();
        needed.andNot(hidden);
        hideHarmless(cell, cheapestFirst(needed), all);
        needed.andNot(all);
        return needed;
    }

    private void hideHarmless(int cell, List<Integer> cells, BitSet hidden) {
        if (cells.isEmpty()) {
            return;
        }
        cells.forEach(hidden::set);
        if (auditor.isNarrow(cell, hidden)) {
            return;
        }
        cells.forEach(hidden::clear);
        if (cells.size() > 1) {
            int half = cells.size() / 2;
            hideHarmless(cell, cells.subList(0, half), hidden);
            hideHarmless(cell, cells.subList(half, cells.size()), hidden);
        }
    }

    private List<Integer> cheapestFirst(BitSet cells) {
        return cells.stream()
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> cost(cell))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** A pattern that satisfies the clauses, cheap and at once, if there is one on the way. */
    private @Nullable BitSet greedy() {
        BitSet pattern = new BitSet();
        Optional<Clause> open = firstOpen(pattern);
        while (open.isPresent()) {
            Optional<Integer> cell = open.get().then().stream()
                    .boxed()
                    .min(Comparator.comparingDouble((Integer one) -> cost(one) / closed(one, pattern))
                            .thenComparing(Comparator.naturalOrder()));
            if (cell.isEmpty()) {
                return null;
            }
            pattern.set(cell.get());
            open = firstOpen(pattern);
        }
        return pattern;
    }

    private long closed(int cell, BitSet pattern) {
        return clauses.stream()
                .filter(clause -> clause.then().get(cell) && isOpen(clause, pattern))
                .count();
    }

    private Optional<Clause> firstOpen(BitSet pattern) {
        return clauses.stream().filter(clause -> isOpen(clause, pattern)).findFirst();
    }

    private static boolean isOpen(Clause clause, BitSet pattern) {
        if (clause.then().intersects(pattern)) {
            return false;
        }
        BitSet when = clause.when();
        for (int cell = when.nextSetBit(0); cell >= 0; cell = when.nextSetBit(cell + 1)) {
            if (!pattern.get(cell)) {
                return false;
            }
        }
        return true;
    }

    private double cost(BitSet pattern) {
        return pattern.stream().mapToDouble(this::cost).sum();
    }

    private double cost(int cell) {
        return 1.0 / Math.max(1, mostCells) + (mostValue > 0 ? hiding.size(cell) / mostValue : 0);
    }

    private double value(BitSet pattern) {
        return pattern.stream().mapToDouble(hiding::size).sum();
    }

    /** Depth first; a set of open clauses without a common cell costs at least the cheapest cell of each. */
    private final class Search {
        private final BitSet in = new BitSet();
        private final BitSet out = new BitSet();
        private double least = bestCost - ROUNDING;
        private @Nullable BitSet found;

        private void go(double soFar, int cellsSoFar, double valueSoFar) {
            if (!budget.spend(clauses.size() * WORK_OF_A_CLAUSE)
                    || cellsSoFar > mostCells
                    || valueSoFar > mostValue + ROUNDING) {
                return;
            }
            BitSet narrowest = null;
            BitSet counted = new BitSet();
            double bound = soFar;
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
                        bound += free.stream()
                                .mapToDouble(cell -> cost(cell))
                                .min()
                                .orElseThrow();
                    }
                }
            }
            if (bound >= least) {
                return;
            }
            if (narrowest == null) {
                least = soFar - ROUNDING;
                found = (BitSet) in.clone();
                return;
            }
            List<Integer> cells = cheapestFirst(narrowest);
            for (int cell : cells) {
                in.set(cell);
                go(soFar + cost(cell), cellsSoFar + 1, valueSoFar + hiding.size(cell));
                in.clear(cell);
                out.set(cell);
            }
            cells.forEach(out::clear);
        }
    }
}
