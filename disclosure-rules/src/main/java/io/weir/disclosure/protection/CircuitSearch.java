package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for a circuit: a hidden cell goes up or down by a step, others by the same step in such a way that every equation still holds. Cells that are
 * shown may be taken in, as if they were hidden. One equation after the other is balanced by the cell that leaves the fewest others unbalanced;
 * that can miss a circuit, and never claims one.
 *
 * <p>Source of the idea: the hypercubes of Repsilber's method, which are the circuits of tables without hierarchies (Handbook on Statistical
 * Disclosure Control, 2nd ed., section 4.4).
 */
final class CircuitSearch {
    private static final int MOST = 120;
    private static final int WORK_OF_A_CELL = 50;
    private static final double NEW = 3;
    private static final double NARROW = 4;
    private static final double AGAIN = 30;
    private static final double STUCK = 1e6;

    private final Relations relations;
    private final BitSet hidden;
    private final Hiding hiding;
    private final WorkBudget budget;

    CircuitSearch(Relations relations, Hiding hiding, WorkBudget budget) {
        this.relations = relations;
        this.hiding = hiding;
        this.budget = budget;
        hidden = hiding.hidden();
    }

    /**
     * @param directions how many steps each cell goes up; negative down
     * @param step how far a step can be
     */
    record Circuit(Map<Integer, Integer> directions, double step) {}

    /** Where the cells stand from which a circuit goes on. */
    interface Standing {
        /** How far a cell can go down. */
        double room(int cell);

        /** How far a cell can go up. */
        double headroom(int cell);

        /** How far a cell is above its true value. */
        double at(int cell);
    }

    /** Which cells a circuit may go through. */
    enum Breadth {
        /** Hidden ones; down only those that have room for the whole step. */
        HIDDEN_WIDE(false, true),
        /** Hidden ones. */
        HIDDEN(false, false),
        /** Shown ones, too; down only those that have room for the whole step. */
        ANY_WIDE(true, true),
        /** Shown ones, too. */
        ANY(true, false),
        /** Shown ones, too; none down. All that the cell is a part of goes up with it, the total included. */
        UPWARDS(true, true);

        private final boolean adds;
        private final boolean wide;

        Breadth(boolean adds, boolean wide) {
            this.adds = adds;
            this.wide = wide;
        }
    }

    /**
     * @param direction of the cell: 1 or -1
     * @param step how far it should go
     * @param from where the cells stand
     * @param breadth which cells may be taken in
     */
    Optional<Circuit> through(int cell, int direction, double step, Standing from, Breadth breadth) {
        return through(cell, direction, step, from, breadth, false)
                .or(() -> through(cell, direction, step, from, breadth, true));
    }

    private Optional<Circuit> through(
            int cell, int direction, double step, Standing from, Breadth breadth, boolean lastFirst) {
        Search search = new Search(cell, step, from, breadth);
        search.move(cell, direction);
        for (int moves = 0; !search.open.isEmpty() && moves < MOST; moves++) {
            if (!search.balance(lastFirst ? search.open.removeLast() : search.open.remove())) {
                return Optional.empty();
            }
        }
        double reach = search.reach();
        return search.open.isEmpty() && reach > 0
                ? Optional.of(new Circuit(search.directions, reach))
                : Optional.empty();
    }

    private final class Search {
        private final int examined;
        private final double step;
        private final Standing from;
        private final Breadth breadth;
        private final Map<Integer, Integer> directions = new LinkedHashMap<>();
        private final Map<Integer, Integer> balance = new HashMap<>();
        private final Deque<Integer> open = new ArrayDeque<>();

        Search(int examined, double step, Standing from, Breadth breadth) {
            this.examined = examined;
            this.step = step;
            this.from = from;
            this.breadth = breadth;
        }

        void move(int cell, int direction) {
            directions.merge(cell, direction, Integer::sum);
            for (int link : relations.linksOf(cell)) {
                if (relations.link(link).equation()) {
                    int change = direction * relations.sign(link, cell);
                    if (balance.merge(link, change, Integer::sum) != 0) {
                        open.add(link);
                    }
                }
            }
        }

        /** Balances one equation by one more step; false when nothing can. */
        boolean balance(int number) {
            int off = balance.getOrDefault(number, 0);
            if (off == 0) {
                return true;
            }
            Link link = relations.link(number);
            if (!budget.spend((long) WORK_OF_A_CELL * link.cells().length)) {
                return false;
            }
            int best = -1;
            double least = STUCK;
            for (int i = 0; i < link.cells().length; i++) {
                int cell = link.cells()[i];
                if (cell != examined && canMove(cell)) {
                    double cost = cost(cell, -Integer.signum(off) * (int) link.coefficients()[i]);
                    if (cost < least || (cost == least && isBetter(cell, best))) {
                        least = cost;
                        best = cell;
                    }
                }
            }
            if (best < 0) {
                return false;
            }
            move(best, -Integer.signum(off) * relations.sign(number, best));
            if (balance.getOrDefault(number, 0) != 0) {
                open.add(number);
            }
            return true;
        }

        private boolean canMove(int cell) {
            return hidden.get(cell) || (breadth.adds && hiding.mayHide(cell));
        }

        private boolean isBetter(int cell, int than) {
            if (than < 0 || hidden.get(cell) != hidden.get(than)) {
                return than < 0 || hidden.get(cell);
            }
            return hidden.get(cell) ? from.room(cell) > from.room(than) : hiding.size(cell) < hiding.size(than);
        }

        private double cost(int cell, int direction) {
            double cost = hidden.get(cell) ? 0 : NEW;
            int before = directions.getOrDefault(cell, 0);
            cost += before == 0 ? 0 : before * direction > 0 ? AGAIN : STUCK;
            if (before + direction < 0) {
                double left = from.room(cell) / -(before + direction);
                boolean narrow = left < step;
                boolean stuck = left <= 0 || breadth == Breadth.UPWARDS || (narrow && breadth.wide);
                cost += stuck ? STUCK : narrow ? NARROW : 0;
            } else if (before + direction > 0) {
                double left = from.headroom(cell) / (before + direction);
                cost += left <= 0 || (left < step && breadth.wide) ? STUCK : left < step ? NARROW : 0;
            }
            for (int number : relations.linksOf(cell)) {
                if (relations.link(number).equation()) {
                    int off = balance.getOrDefault(number, 0);
                    int after = off + direction * relations.sign(number, cell);
                    cost += 2 * (Math.abs(after) - Math.abs(off));
                    cost += off == 0 && isStuck(number, cell) ? STUCK : 0;
                }
            }
            return cost;
        }

        /** Whether nothing but the cell can move in an equation. */
        private boolean isStuck(int number, int cell) {
            for (int other : relations.link(number).cells()) {
                if (other != cell && canMove(other)) {
                    return false;
                }
            }
            return true;
        }

        /** How far all cells can go before one cannot go further down, or an inequality is reached. */
        double reach() {
            double reach = Double.POSITIVE_INFINITY;
            Set<Integer> touched = new TreeSet<>();
            for (Map.Entry<Integer, Integer> move : directions.entrySet()) {
                int cell = move.getKey();
                if (move.getValue() < 0) {
                    reach = Math.min(reach, from.room(cell) / -move.getValue());
                } else if (move.getValue() > 0) {
                    reach = Math.min(reach, from.headroom(cell) / move.getValue());
                }
                for (int number : relations.linksOf(cell)) {
                    touched.add(number);
                }
            }
            for (int number : touched) {
                Link link = relations.link(number);
                double change = 0;
                double used = 0;
                for (int i = 0; i < link.cells().length; i++) {
                    change += link.coefficients()[i] * directions.getOrDefault(link.cells()[i], 0);
                    used += link.coefficients()[i] * from.at(link.cells()[i]);
                }
                if (link.equation() && change != 0) {
                    return 0;
                }
                reach = change > 0 ? Math.min(reach, (relations.slack(number) - used) / change) : reach;
            }
            return reach;
        }
    }
}
