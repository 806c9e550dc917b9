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
    private final int[] linksOf;
    private final int[] start;

    Components(int cells, List<Link> links) {
        this.links = List.copyOf(links);
        start = new int[cells + 1];
        for (Link link : links) {
            for (int cell : link.cells()) {
                start[cell + 1]++;
            }
        }
        for (int cell = 0; cell < cells; cell++) {
            start[cell + 1] += start[cell];
        }
        linksOf = new int[start[cells]];
        int[] next = start.clone();
        for (int index = 0; index < links.size(); index++) {
            for (int cell : links.get(index).cells()) {
                linksOf[next[cell]++] = index;
            }
        }
    }

    /** Whether nothing connects a cell with others. */
    boolean isAlone(int cell) {
        return start[cell] == start[cell + 1];
    }

    List<Link> linksOf(int cell) {
        List<Link> found = new ArrayList<>(start[cell + 1] - start[cell]);
        for (int at = start[cell]; at < start[cell + 1]; at++) {
            found.add(links.get(linksOf[at]));
        }
        return found;
    }

    /**
     * The component around a cell.
     *
     * @param passable cells through which relations hang together
     */
    Component around(int first, BitSet hidden, IntPredicate passable) {
        BitSet reached = new BitSet();
        BitSet passed = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        reached.set(first);
        open.add(first);
        while (!open.isEmpty()) {
            int from = open.remove();
            for (int at = start[from]; at < start[from + 1]; at++) {
                int index = linksOf[at];
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
