package io.weir.bench;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.FigureHistory;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long a new figure is compared with those shown before, as they grow in number, and what they take of the heap: each shown by itself, and all in tables of forty groups. Figures are counts of
 * random parts of 60,000 people.
 * Arguments: numbers of figures (1,000 10,000 50,000 by default).
 */
public final class HistoryBenchmark {
    private static final int PEOPLE = 60_000;
    private static final int THRESHOLD = 8;
    private static final int ASKED = 40;
    private static final int GROUPS = 40;

    private HistoryBenchmark() {}

    public static void main(String[] arguments) {
        int[] sizes = arguments.length > 0
                ? Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray()
                : new int[] {1_000, 10_000, 50_000};
        System.out.printf("Java %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.println("| figures | in tables of | added in s | heap MiB | one compared ms p50 | p99 |");
        System.out.println("|---:|---:|---:|---:|---:|---:|");
        measure(1_000, GROUPS, false);
        for (int size : sizes) {
            measure(size, 1, true);
            measure(size, GROUPS, true);
        }
    }

    private static void measure(int size, int groups, boolean print) {
        Random random = new Random(5);
        System.gc();
        long before = used();
        FigureHistory history = new FigureHistory(THRESHOLD);
        long start = System.nanoTime();
        for (int i = 0; i < size; i += groups) {
            history.addTogether(IntStream.range(i, Math.min(size, i + groups))
                    .mapToObj(f -> figure(f, random))
                    .toList());
        }
        double added = (System.nanoTime() - start) / 1e9;
        System.gc();
        long heap = used() - before;
        long[] times = new long[ASKED];
        int near = 0;
        for (int i = 0; i < ASKED; i++) {
            Figure figure = figure(size + i, random);
            history.beginAnswer();
            long from = System.nanoTime();
            near += history.isNear(figure) ? 1 : 0;
            times[i] = System.nanoTime() - from;
        }
        Arrays.sort(times);
        if (near > ASKED / 2) {
            throw new IllegalStateException("random parts are not near each other");
        }
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %d | %.2f | %,d | %.2f | %.2f |%n",
                    size,
                    groups,
                    added,
                    heap >> 20,
                    times[ASKED / 2] / 1e6,
                    times[ASKED - 1] / 1e6);
        }
    }

    /** Each bucket's count is that of a binomial draw from its people. */
    private static Figure figure(int number, Random random) {
        double share = 0.02 + 0.9 * random.nextDouble();
        int people = PEOPLE / Fingerprint.WIDTH;
        long[] buckets = IntStream.range(0, Fingerprint.WIDTH)
                .mapToLong(b -> Math.max(0, Math.round(people * share + Math.sqrt(people * share * (1 - share)) * random.nextGaussian())))
                .toArray();
        Selection.Condition condition =
                new Selection.Condition("condition " + number, Set.of("column"), Selection.Nature.OTHER);
        return new Figure(
                new Selection("people", Set.copyOf(List.of(condition))), "count", "units", Fingerprint.ofLongs(buckets));
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
