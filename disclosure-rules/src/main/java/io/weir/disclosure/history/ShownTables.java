package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tables of one measure that were shown, as sets of groups: whether some groups of one make a new figure is no guess while they are fewer than the buckets by a margin ({@link GroupSpan}). Of
 * larger ones those groups are added up that what is asked does not plainly leave out ({@link Bounds}). Not thread-safe.
 */
final class ShownTables {
    /** Of fewer groups all combinations are pairs and threes. */
    static final int FEWEST = 4;

    /** Vectors of the size of a fingerprint (a kilobyte each) that are kept so as not to be calculated again: of the tables that come first, since all are gone through for each figure. */
    private static final int MOST_KEPT = 50_000;

    /** Groups that are looked at for one answer, of tables that have many. */
    private static final long MOST_READ = 20_000_000;

    private final int threshold;
    private final List<Figure> figures;
    private final Columns columns;
    private final List<Table> tables = new ArrayList<>();
    private final Set<List<Integer>> known = new HashSet<>();

    /** In how many tables a figure is a group. */
    private final Map<Integer, Integer> grouped = new HashMap<>();

    private final Map<Table, GroupSpan> spans = new HashMap<>();

    private int beforeAnswer;
    private int kept;
    private long read;

    /** Tables are what they are. */
    private static final class Table {
        private final List<Integer> groups;
        private @Nullable ReadGroups read;
        private @Nullable Vector total;

        private Table(List<Integer> groups) {
            this.groups = groups;
        }
    }

    /**
     * @param figures all of the measure
     * @param columns the same as numbers, by index
     */
    ShownTables(int threshold, List<Figure> figures, Columns columns) {
        this.threshold = threshold;
        this.figures = figures;
        this.columns = columns;
    }

    /** What figures that make others together have in common: how they are counted. */
    static Object likeness(Figure figure) {
        return List.of(figure.measure(), figure.kind());
    }

    /** @param groups by index */
    void add(Set<Integer> groups) {
        List<Integer> table = List.copyOf(new TreeSet<>(groups));
        if (table.size() >= FEWEST && known.add(table)) {
            tables.add(new Table(table));
            table.forEach(group -> grouped.merge(group, 1, Integer::sum));
        }
    }

    /** What is added from here on may be taken out again. */
    void beginAnswer() {
        beforeAnswer = tables.size();
        read = 0;
    }

    /** Takes out what was added since the answer began. */
    void forgetAnswer() {
        while (tables.size() > beforeAnswer) {
            Table table = tables.removeLast();
            known.remove(table.groups);
            table.groups.forEach(group -> grouped.computeIfPresent(group, (g, times) -> times > 1 ? times - 1 : null));
            GroupSpan span = spans.remove(table);
            kept -= span == null ? 0 : span.size();
        }
    }

    /**
     * Groups of the first table that make the figure, but for few people, and are taken.
     *
     * @param taken what becomes of groups, by index among all figures; empty to go on
     */
    <T> Optional<T> making(Figure figure, Function<Found, Optional<T>> taken) {
        Vector vector = Vector.of(figure.print()).orElse(null);
        List<Asked> asked = null;
        for (Table table : tables) {
            Optional<Found> found;
            GroupSpan span = vector == null ? null : span(table);
            if (vector != null && span != null) {
                found = span.making(vector);
            } else {
                asked = asked == null
                        ? Bounds.asked(figure.selection())
                        : asked; // read out of texts, where it is needed
                found = read(table, figure.print(), asked);
            }
            Optional<T> made = found.map(groups -> new Found(
                            groups.parts(),
                            groups.columns().stream().map(table.groups::get).toList(),
                            groups.coefficients(),
                            groups.left()))
                    .flatMap(taken);
            if (made.isPresent()) {
                return made;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> read(Table table, Fingerprint print, List<Asked> asked) {
        return reading(table).flatMap(groups -> groups.making(print, asked));
    }

    /** Nothing where too much was read for one answer. */
    private Optional<ReadGroups> reading(Table table) {
        read += table.groups.size();
        if (read > MOST_READ) {
            return Optional.empty();
        }
        return Optional.of(groups(table));
    }

    private ReadGroups groups(Table table) {
        if (table.read == null) {
            table.read = new ReadGroups(table.groups.stream().map(figures::get).toList(), threshold);
        }
        return table.read;
    }

    /**
     * What was shown of the rows that are asked for, table by table: the groups that are not plainly left out.
     *
     * @param kind how they are counted
     */
    List<Part> parts(List<Asked> asked, String kind) {
        List<Part> parts = new ArrayList<>();
        for (Table table : tables) {
            if (figures.get(table.groups.getFirst()).kind().equals(kind)) {
                reading(table).ifPresent(groups -> {
                    List<Integer> inside = groups.inside(asked);
                    if (!inside.isEmpty()) {
                        parts.add(
                                new Part(inside.stream().map(table.groups::get).toList(), groups.sum(inside)));
                    }
                });
            }
        }
        return parts;
    }

    /**
     * Some groups of a table.
     *
     * @param groups by index
     */
    record Part(List<Integer> groups, Fingerprint print) {}

    /**
     * A table, to be looked at beside two figures.
     *
     * @param groups by index
     */
    record Beside(List<Integer> groups, TableBesideTwo table) {}

    /**
     * Those whose groups are counted in one way, the last ones first.
     *
     * @param kind how
     */
    Iterable<Beside> beside(String kind) {
        return () -> tables.reversed().stream()
                .filter(table -> figures.get(table.groups.getFirst()).kind().equals(kind))
                .map(table -> new Beside(
                        table.groups, new TableBesideTwo(total(table), span(table), () -> groups(table), threshold)))
                .iterator();
    }

    private @Nullable Vector total(Table table) {
        if (table.total == null) {
            table.total = Vector.of(Fingerprint.sum(table.groups.stream()
                            .map(g -> figures.get(g).print())
                            .toList()))
                    .orElse(null);
        }
        return table.total;
    }

    /** Whether it is a group of any table. */
    boolean isGroup(int figure) {
        return grouped.containsKey(figure);
    }

    /** Null where the groups are too many, or one is too large. */
    private @Nullable GroupSpan span(Table table) {
        GroupSpan span = spans.get(table);
        if (span == null && table.groups.size() <= GroupSpan.MOST_GROUPS) {
            List<Vector> vectors = new ArrayList<>();
            for (int group : table.groups) {
                Vector vector = columns.get(group);
                if (vector == null) {
                    return null;
                }
                vectors.add(vector);
            }
            span = new GroupSpan(vectors, threshold);
            if (kept + span.size() <= MOST_KEPT) {
                spans.put(table, span);
                kept += span.size();
            }
        }
        return span;
    }
}
