package io.weir.disclosure.protection;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sets of hidden cells around one of them that can change together while everything else keeps its value: in every equation at least two of them,
 * or none. They are built up cell by cell; an equation that has one takes the hidden cell that closes most such equations and opens fewest, of
 * those the one with most room downwards.
 */
final class Neighbourhoods {
    private static final int MOST = 90;
    private static final int SEEDS_OF_EACH_RELATION = 4;

    private final Relations relations;
    private final BitSet hidden;

    Neighbourhoods(Relations relations, BitSet hidden) {
        this.relations = relations;
        this.hidden = hidden;
    }

    /** Cells that can change together, ascending; without the cell itself when it cannot. */
    List<Integer> around(int cell) {
        Growth growth = new Growth();
        growth.add(cell);
        for (int link : relations.linksOf(cell)) {
            IntStream.of(relations.link(link).cells())
                    .filter(other -> hidden.get(other) && other != cell)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer other) -> -relations.room(other)))
                    .limit(SEEDS_OF_EACH_RELATION)
                    .forEach(growth::add);
        }
        growth.close();
        return movable(growth.cells);
    }

    /** Without the cells that stand alone in an equation, which cannot change. */
    private List<Integer> movable(Set<Integer> cells) {
        Set<Integer> left = new TreeSet<>(cells);
        for (boolean changed = true; changed; ) {
            changed = left.removeIf(cell -> IntStream.of(relations.linksOf(cell))
                    .mapToObj(link -> relations.link(link))
                    .anyMatch(link -> link.equation()
                            && IntStream.of(link.cells()).filter(left::contains).count() < 2));
        }
        return List.copyOf(left);
    }

    private final class Growth {
        private final Set<Integer> cells = new LinkedHashSet<>();
        private final Map<Integer, Integer> inEquation = new HashMap<>();
        private final Deque<Integer> single = new ArrayDeque<>();

        void add(int cell) {
            if (cells.size() < MOST && cells.add(cell)) {
                for (int link : relations.linksOf(cell)) {
                    if (relations.link(link).equation() && inEquation.merge(link, 1, Integer::sum) == 1) {
                        single.add(link);
                    }
                }
            }
        }

        void close() {
            while (!single.isEmpty() && cells.size() < MOST) {
                int link = single.remove();
                if (inEquation.getOrDefault(link, 0) == 1) {
                    IntStream.of(relations.link(link).cells())
                            .filter(cell -> hidden.get(cell) && !cells.contains(cell))
                            .boxed()
                            .min(Comparator.comparingInt(this::opened)
                                    .thenComparingDouble(cell -> -relations.room(cell))
                                    .thenComparing(Comparator.naturalOrder()))
                            .ifPresent(this::add);
                }
            }
        }

        /** Equations that would have one cell, less those that would have one no more; many where it could not change. */
        private int opened(int cell) {
            int opened = 0;
            for (int link : relations.linksOf(cell)) {
                if (relations.link(link).equation()) {
                    int own = inEquation.getOrDefault(link, 0);
                    opened += own == 0 ? 1 : own == 1 ? -1 : 0;
                    opened += own == 0 && isAlone(cell, relations.link(link)) ? 1000 : 0;
                }
            }
            return opened;
        }

        private boolean isAlone(int cell, Link link) {
            for (int other : link.cells()) {
                if (other != cell && hidden.get(other)) {
                    return false;
                }
            }
            return true;
        }
    }
}
