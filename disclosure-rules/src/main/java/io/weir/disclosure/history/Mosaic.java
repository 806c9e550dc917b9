package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was shown of the rows of a figure, whatever the tables it was shown in: women by month and men by month beside a year; a table that lacks a month, and that month, beside all of them. Of each table
 * those groups are taken together that what is asked does not plainly leave out ({@link ReadGroups}); a few of these sums and of single figures are looked for that make the figure. What is asked in words that are not read,
 * and amounts of which some are negative, are not seen. Not thread-safe.
 */
final class Mosaic {
    /** Single figures and groups that are looked at for one answer. */
    private static final long MOST_LOOKED_AT = 5_000_000;

    private static final int MOST_BOUNDS = 10_000;

    private final int threshold;
    private final List<Figure> figures;
    private final Columns columns;
    private final ShownTables tables;
    /** They are read out of texts. */
    private final Map<Selection, Bounds> bounds = new HashMap<>();

    private long lookedAt;

    /** @param figures all of the measure */
    Mosaic(int threshold, List<Figure> figures, Columns columns, ShownTables tables) {
        this.threshold = threshold;
        this.figures = figures;
        this.columns = columns;
        this.tables = tables;
    }

    /** Counts anew. */
    void beginAnswer() {
        lookedAt = 0;
    }

    /** Whether something more may be looked at. */
    boolean mayLook(int number) {
        lookedAt += number;
        return lookedAt <= MOST_LOOKED_AT;
    }

    /**
     * Which figures make what is left of one, but for fewer people than the threshold.
     *
     * @param whole the figure, which is none of them
     * @param left what of it is to be made
     * @param until figures before this one are looked at
     */
    Optional<Found> making(Figure whole, Fingerprint left, int until) {
        Vector sought = Vector.of(left).orElse(null);
        if (sought == null || !mayLook(until)) {
            return Optional.empty();
        }
        List<Asked> asked = Bounds.asked(whole.selection());
        List<ShownTables.Part> parts = new ArrayList<>();
        List<Vector> vectors = new ArrayList<>();
        for (ShownTables.Part part : tables.parts(asked, whole.kind())) {
            Vector vector = Vector.of(part.print()).orElse(null);
            if (vector != null && vector.isPart(sought, threshold)) {
                parts.add(part);
                vectors.add(vector);
            }
        }
        for (int g = 0; g < until; g++) {
            Vector vector = columns.get(g);
            Figure figure = figures.get(g);
            if (vector != null
                    && !tables.isGroup(g)
                    && figure.kind().equals(whole.kind())
                    && !figure.equals(whole)
                    && vector.isPart(sought, threshold)
                    && !bounds(figure.selection()).areOutside(asked)) {
                parts.add(new ShownTables.Part(List.of(g), figure.print()));
                vectors.add(vector);
            }
        }
        return new SparseCombination(sought, vectors, threshold, true, SparseCombination.FEW_TERMS)
                .find()
                .map(found -> figures(found, parts));
    }

    private Bounds bounds(Selection selection) {
        if (bounds.size() > MOST_BOUNDS) {
            bounds.clear();
        }
        return bounds.computeIfAbsent(selection, Bounds::new);
    }

    private static @Nullable Found figures(Found found, List<ShownTables.Part> parts) {
        Map<Integer, Integer> times = new TreeMap<>();
        for (int t = 0; t < found.columns().size(); t++) {
            int coefficient = found.coefficients().get(t);
            for (int group : parts.get(found.columns().get(t)).groups()) {
                times.merge(group, coefficient, Integer::sum);
            }
        }
        times.values().removeIf(coefficient -> coefficient == 0);
        return new Found(found.parts(), List.copyOf(times.keySet()), List.copyOf(times.values()), found.left());
    }
}
