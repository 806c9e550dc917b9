package io.weir.disclosure.protection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds the parts of a table that hang together. */
final class Components {
    private final List<Link> links;
    private final List<List<Integer>> linksOf = new ArrayList<>();

    Components(int cells, List<Link> links) {
        this.links = List.copyOf(links);
        for (int cell = 0; cell < cells; cell++) {
            linksOf.add(new ArrayList<>());
        }
        for (int index = 0; index < links.size(); index++) {
            for (int cell : links.get(index).cells()) {
                linksOf.get(cell).add(index);
            }
        }
    }

    /** Whether nothing connects a cell with others. */
    boolean isAlone(int cell) {
        return linksOf.get(cell).isEmpty();
    }

    List<Link> linksOf(int cell) {
        return linksOf.get(cell).stream().map(links::get).toList();
    }

    /**
     * The component around a cell.
     *
     * @param passable cells through which relations hang together
     */
    Component around(int start, BitSet hidden, IntPredicate passable) {
        BitSet reached = new BitSet();
        BitSet passed = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        reached.set(start);
        open.add(start);
        while (!open.isEmpty()) {
            for (int index : linksOf.get(open.remove())) {
                if (!passed.get(index)) {
                    passed.set(index);
                    for (int cell : links.get(index).cells()) {
                        if (!reached.get(cell) && passable.test(cell)) {
                            reached.set(cell);
                            open.add(cell);
                        }
                    }
                }
            }
        }
        reached.and(hidden);
        return new Component(passed.stream().mapToObj(links::get).toList(), reached);
    }
}
