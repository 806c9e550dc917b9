package io.weir.disclosure.protection;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * The cells among which complementary ones are chosen. In tables beyond a size they are the cheapest of each relation with a protected cell, and of
 * the relations that those stand in, so that the elimination stays small.
 */
final class Eligible {
    static final int ALL = 20_000;
    private static final int OF_EACH_RELATION = 4;

    private Eligible() {}

    static BitSet of(Setting setting, Hiding hiding) {
        BitSet eligible = new BitSet();
        int size = setting.system().size();
        if (setting.system().links().stream()
                        .mapToLong(link -> link.cells().length)
                        .sum()
                <= ALL) {
            IntStream.range(0, size).filter(hiding::mayHide).forEach(eligible::set);
            return eligible;
        }
        Deque<Integer> open = new ArrayDeque<>(hiding.hidden().stream().boxed().toList());
        while (!open.isEmpty()) {
            for (Link link : setting.components().linksOf(open.remove())) {
                if (link.equation()) {
                    long already =
                            IntStream.of(link.cells()).filter(eligible::get).count();
                    IntStream.of(link.cells())
                            .filter(cell -> !eligible.get(cell) && hiding.mayHide(cell))
                            .boxed()
                            .sorted(Comparator.comparingDouble(hiding::size).thenComparing(Comparator.naturalOrder()))
                            .limit(Math.max(0, OF_EACH_RELATION - already))
                            .forEach(cell -> {
                                eligible.set(cell);
                                open.add(cell);
                            });
                }
            }
        }
        return eligible;
    }
}
