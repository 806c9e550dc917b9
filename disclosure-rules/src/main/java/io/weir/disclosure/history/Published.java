package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/** The figures of one measure, and for each part of their fingerprints who has which. Not thread-safe. */
final class Published {
    private static final long SEED = 0x5DEECE66DL;

    private final int size;
    private final long[] weights;
    /** Which is which of the figures. */
    private final Map<Figure, Integer> places = new HashMap<>();
    /** How many there are of each, whatever it is half of. */
    private final Map<Figure, Integer> plain = new HashMap<>();

    final List<Figure> figures = new ArrayList<>();
    final PartIndex index;
    final Probes probes;
    final Columns columns = new Columns();
    final ShownTables tables;
    final Mosaic mosaic;
    final PairsBeside pairs;
    final Tiling tiling;

    /** How many were there before the table in hand. */
    private int beforeTable = Integer.MAX_VALUE;

    /** @param ofTable whether all are of the table in hand */
    Published(int threshold, boolean ofTable) {
        this.size = Math.max(1, Fingerprint.WIDTH / (4 * Math.max(1, threshold)));
        SplittableRandom random = new SplittableRandom(SEED);
        this.weights = random.longs(Fingerprint.WIDTH).map(w -> w | 1).toArray();
        this.index = new PartIndex((Fingerprint.WIDTH + size - 1) / size);
        this.probes = new Probes(index, threshold);
        this.tables = new ShownTables(threshold, figures, columns);
        this.mosaic = new Mosaic(threshold, figures, columns, tables);
        this.pairs = new PairsBeside(threshold, figures, columns, tables);
        this.tiling = new Tiling(threshold, figures, columns, tables);
        if (ofTable) {
            beforeTable = 0;
        }
    }

    void beginAnswer() {
        tables.beginAnswer();
        mosaic.beginAnswer();
        pairs.beginAnswer();
        tiling.beginAnswer();
    }

    void beginTable() {
        beforeTable = figures.size();
    }

    void endTable() {
        beforeTable = Integer.MAX_VALUE;
    }

    boolean hasTable() {
        return figures.size() > beforeTable;
    }

    /** How many of the table in hand were added. */
    int ofTable() {
        return Math.max(0, figures.size() - beforeTable);
    }

    boolean isOfTable(int figure) {
        return figure >= beforeTable;
    }

    List<Figure> before() {
        return figures.subList(0, Math.min(beforeTable, figures.size()));
    }

    /** Whether the very figure is there, so that it tells nothing. */
    boolean has(Figure figure) {
        return plain.containsKey(figure.whole());
    }

    /** Parts are linear: the part of a sum is the sum of the parts. */
    long[] parts(Fingerprint print) {
        long[] all = new long[index.parts()];
        for (int i = 0; i < Fingerprint.WIDTH; i++) {
            all[i / size] += weights[i] * print.bucket(i);
        }
        return all;
    }

    /** These were shown together: those of them that are groups of one table may make other figures. Each was added. */
    void together(List<Figure> shown) {
        Map<Object, Set<Integer>> alike = new LinkedHashMap<>();
        for (Figure figure : shown) {
            alike.computeIfAbsent(ShownTables.likeness(figure), l -> new HashSet<>())
                    .add(Objects.requireNonNull(places.get(figure)));
        }
        alike.values().forEach(tables::add);
    }

    /** Whether it is new. */
    boolean add(Figure figure) {
        if (places.putIfAbsent(figure, figures.size()) != null) {
            return false;
        }
        plain.merge(figure.whole(), 1, Integer::sum);
        figures.add(figure);
        index.add(parts(figure.print()));
        columns.add(figure.print());
        return true;
    }

    void removeLast() {
        Figure last = figures.removeLast();
        places.remove(last);
        plain.computeIfPresent(last.whole(), (figure, times) -> times > 1 ? times - 1 : null);
        index.removeLast();
        columns.removeLast();
        tiling.removeLast();
    }
}
