package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import io.weir.disclosure.history.Tile.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Figures whose rows are those of another one, each once: the quarters that were shown, and the months of the quarter that was not; thirty numbers of one statement; ten tables of years. Or those of the other one and of its
 * complement, less the complement: everybody by month, and men by month, beside women of a year. However many they are: they are put together by what their conditions say plainly, the largest first, and what comes of
 * it is proved in numbers. What is found is true; that nothing is found proves nothing. Not thread-safe.
 */
final class Tiling {
    /** Conditions that are looked at for one answer: a tenth of a microsecond each, or some. */
    private static final long MOST_LOOKED_AT = 1_000_000;

    /** Figures that are looked at beside one. */
    private static final int MOST_FIGURES = 5_000;

    /** Ways of choosing rows that tiles begin with. */
    private static final int MOST_FAMILIES = 8;

    /** Tiles that are put in the place of others. */
    private static final int MOST_EXCHANGED = 300;

    /** The part of a figure that a gap is at most. */
    private static final double GAP = 0.25;

    /** So many may be taken out for one. */
    private static final int FEW = 4;

    private static final Comparator<Tile> LARGEST_FIRST =
            Comparator.comparingDouble(Tile::size).reversed();

    private final int threshold;
    private final List<Figure> figures;
    private final Columns columns;
    private final ShownTables tables;
    private final Map<Integer, Tile> tiles = new HashMap<>();
    private final Sides sides = new Sides();
    private long lookedAt;

    /** @param figures all of the measure */
    Tiling(int threshold, List<Figure> figures, Columns columns, ShownTables tables) {
        this.tables = tables;
        this.threshold = threshold;
        this.figures = figures;
        this.columns = columns;
    }

    /** Counts anew. */
    void beginAnswer() {
        lookedAt = 0;
    }

    /** Of the figure that was added last, nothing is remembered. */
    void removeLast() {
        tiles.remove(figures.size());
        sides.forget(figures.size());
    }

    /**
     * What was found.
     *
     * @param combination of the figure
     * @param own places of those that had to be among them
     */
    record Made(Combination combination, List<Integer> own) {}

    /**
     * Figures from before that are a new one's rows.
     *
     * @param until figures before this one are looked at
     */
    Optional<Combination> ofNewFigure(Figure figure, int until, Predicate<Combination> wanted) {
        return Vector.of(figure.print())
                .map(vector -> new Tile(figure, vector, Tile.NEW))
                .flatMap(whole ->
                        made(whole, pool(figure.kind(), until), List.of(), made -> wanted.test(made.combination())))
                .map(Made::combination);
    }

    /**
     * Groups of a new table that are, with figures from before, the rows of one from before.
     *
     * @param groups of one kind, none of whose rows is in two of them
     */
    Optional<Made> ofNewTable(List<Figure> groups, Predicate<Made> wanted) {
        List<@Nullable Tile> own = new ArrayList<>();
        groups.forEach(group -> own.add(
                Vector.of(group.print()).map(v -> new Tile(group, v, Tile.NEW)).orElse(null)));
        List<Tile> pool = pool(groups.getFirst().kind(), figures.size());
        List<Tile> wholes = pool.stream()
                .sorted(Comparator.comparing(whole -> tables.isGroup(whole.place())))
                .toList();
        for (Tile whole : wholes) {
            if (!whole.figure().print().isOfFewerThan(threshold) && lookedAt < MOST_LOOKED_AT) {
                Optional<Made> made = made(whole, pool, own, wanted);
                if (made.isPresent()) {
                    return made;
                }
            }
        }
        return Optional.empty();
    }

    /** The last ones. */
    private List<Tile> pool(String kind, int until) {
        List<Tile> pool = new ArrayList<>();
        for (int g = until - 1; g >= 0 && pool.size() < MOST_FIGURES; g--) {
            Vector vector = columns.get(g);
            if (vector != null && figures.get(g).kind().equals(kind)) {
                Figure figure = figures.get(g);
                pool.add(tiles.computeIfAbsent(g, i -> new Tile(figure, vector, i)));
            }
        }
        return pool;
    }

    private Side side(Tile tile, Selection.Condition condition, Asked asked) {
        Side known = tile.place() < 0 ? null : sides.get(condition, tile.place());
        if (known != null) {
            return known;
        }
        lookedAt++;
        Side side = tile.side(condition, asked);
        if (tile.place() >= 0) {
            sides.put(condition, tile.place(), side);
        }
        return side;
    }

    private Optional<Made> made(
            Tile whole, List<Tile> pool, List<? extends @Nullable Tile> own, Predicate<Made> wanted) {
        Beside beside = new Beside(whole, own);
        if (!own.isEmpty() && !beside.hasAny()) {
            return Optional.empty();
        }
        pool.stream().filter(t -> !t.figure().isSameNumber(whole.figure())).forEach(beside::add);
        if (own.isEmpty()) {
            // What is free is known on any data: whatever else makes it tells nothing more.
            return beside.tiled(made -> true)
                    .or(() -> beside.lessComplement(made -> true))
                    .filter(wanted);
        }
        return beside.tiled(wanted).or(() -> beside.lessComplement(wanted));
    }

    /** What is beside one figure. */
    private final class Beside {
        private final Tile whole;
        private final List<Selection.Condition> conditions;
        private final List<Asked> asked;
        private final Map<Tile, Integer> own = new HashMap<>();
        private final boolean mustBeOwn;
        private final List<Tile> inside = new ArrayList<>();
        /** By condition: those that have rows on both sides of it, and those that have none inside; with all other conditions they are inside. */
        private final Map<Integer, List<Tile>> both = new LinkedHashMap<>();

        private final Map<Integer, List<Tile>> outside = new LinkedHashMap<>();

        private Beside(Tile whole, List<? extends @Nullable Tile> groups) {
            this.whole = whole;
            this.conditions = whole.conditions();
            this.asked = whole.asked();
            this.mustBeOwn = !groups.isEmpty();
            for (int g = 0; g < groups.size(); g++) {
                Tile group = groups.get(g);
                if (group != null && add(group)) {
                    own.put(group, g);
                }
            }
        }

        private boolean hasAny() {
            return !own.isEmpty();
        }

        /** Whether it has a part in it. */
        private boolean add(Tile tile) {
            int other = -1;
            Side side = Side.INSIDE;
            for (int c = 0; c < conditions.size(); c++) {
                Side of = side(tile, conditions.get(c), asked.get(c));
                if (of != Side.INSIDE) {
                    if (side != Side.INSIDE || !(asked.get(c) instanceof Asked.In)) {
                        return false;
                    }
                    side = of;
                    other = c;
                }
            }
            switch (side) {
                case INSIDE -> {
                    if (!tile.vector().isPart(whole.vector(), threshold)) {
                        return false;
                    }
                    inside.add(tile);
                }
                case BOTH -> both.computeIfAbsent(other, c -> new ArrayList<>()).add(tile);
                case OUTSIDE ->
                    outside.computeIfAbsent(other, c -> new ArrayList<>()).add(tile);
            }
            return true;
        }

        private Optional<Made> tiled(Predicate<Made> wanted) {
            return orders(inside)
                    .flatMap(order -> tiled(order, wanted).stream())
                    .findFirst();
        }

        private Optional<Made> tiled(List<Tile> order, Predicate<Made> wanted) {
            double[] rest = whole.vector().numbers().clone();
            List<Tile> tiles = put(order, rest, List.of());
            return made(tiles, List.of()).filter(wanted).or(() -> exchanged(order, tiles, rest, wanted));
        }

        /** A gap that others fill together with some that were put: women and men of a month of whom only women were shown, by what else they were told apart. */
        private Optional<Made> exchanged(List<Tile> order, List<Tile> put, double[] rest, Predicate<Made> wanted) {
            double gap = 0;
            for (double bucket : rest) {
                gap += Math.abs(bucket);
            }
            if (put.isEmpty() || gap > GAP * whole.size()) {
                return Optional.empty();
            }
            Stream<Tile> candidates = mustBeOwn ? order.stream().filter(own::containsKey) : order.stream();
            return candidates
                    .limit(MOST_EXCHANGED)
                    .flatMap(tile -> exchanged(tile, order, put, rest).stream())
                    .filter(wanted)
                    .findFirst();
        }

        private Optional<Made> exchanged(Tile tile, List<Tile> order, List<Tile> put, double[] rest) {
            List<Tile> out = put.stream()
                    .filter(other -> tile != other && !areApart(tile, List.of(other)))
                    .toList();
            if (out.isEmpty() || out.size() > FEW || put.contains(tile)) {
                return Optional.empty();
            }
            double[] more = rest.clone();
            out.forEach(other -> Dot.take(more, -1, other.vector().numbers()));
            List<Tile> left = put.stream().filter(other -> !out.contains(other)).toList();
            List<Tile> tiles = new ArrayList<>(put(first(order, List.of(tile)), more, left));
            tiles.addAll(left);
            return made(tiles, List.of());
        }

        private Optional<Made> lessComplement(Predicate<Made> wanted) {
            for (Map.Entry<Integer, List<Tile>> entry : both.entrySet()) {
                List<Tile> complements = outside.getOrDefault(entry.getKey(), List.of()).stream()
                        .sorted(LARGEST_FIRST)
                        .toList();
                if (complements.isEmpty()) {
                    continue;
                }
                for (List<Tile> family : families(entry.getValue())) {
                    Optional<Made> made =
                            less(entry.getKey(), family, complements).filter(wanted);
                    if (made.isPresent()) {
                        return made;
                    }
                }
            }
            return Optional.empty();
        }

        /** Those that have rows on both sides, less what is in them on the other side, and the rest. */
        private Optional<Made> less(int condition, List<Tile> both, List<Tile> complements) {
            List<Tile> taken = new ArrayList<>();
            List<Tile> added = new ArrayList<>();
            for (Tile tile : put(both, null, List.of())) {
                List<Tile> within = complements.stream()
                        .filter(complement -> isWithin(complement, tile, condition))
                        .toList();
                List<Tile> others = put(within, null, taken);
                if (!others.isEmpty()) {
                    added.add(tile);
                    taken.addAll(others);
                }
            }
            if (added.isEmpty()) {
                return Optional.empty();
            }
            added.addAll(put(inside.stream().sorted(LARGEST_FIRST).toList(), null, added));
            return made(added, taken);
        }

        /** Whether the rows of a tile are among another's, but for one condition of the whole. */
        private boolean isWithin(Tile tile, Tile other, int condition) {
            for (int c = 0; c < other.conditions().size(); c++) {
                Asked of = other.asked().get(c);
                boolean same = of instanceof Asked.In in
                        && asked.get(condition) instanceof Asked.In(String subject, var p, var d)
                        && in.subject().equals(subject);
                if (!same && side(tile, other.conditions().get(c), of) != Side.INSIDE) {
                    return false;
                }
            }
            return true;
        }

        /** Ways to go through tiles: the new ones first, then the largest; families. */
        private Stream<List<Tile>> orders(List<Tile> all) {
            List<Tile> largest = all.stream().sorted(LARGEST_FIRST).toList();
            List<List<Tile>> families = families(all);
            return Stream.concat(
                    mustBeOwn ? Stream.of(first(largest, own.keySet()), largest) : Stream.of(largest),
                    families.size() < 2 ? Stream.of() : families.stream().map(family -> first(largest, family)));
        }

        private static List<Tile> first(List<Tile> all, Collection<Tile> some) {
            Set<Tile> first = new HashSet<>(some);
            return Stream.concat(
                            all.stream().filter(first::contains), all.stream().filter(t -> !first.contains(t)))
                    .toList();
        }

        /** Those that are chosen by the same subjects. */
        private static List<List<Tile>> families(List<Tile> all) {
            Map<Set<String>, List<Tile>> families = new LinkedHashMap<>();
            all.stream()
                    .sorted(LARGEST_FIRST)
                    .forEach(tile -> families.computeIfAbsent(tile.subjects(), s -> new ArrayList<>())
                            .add(tile));
            return families.values().stream().limit(MOST_FAMILIES).toList();
        }

        /**
         * Takes one after the other that has no row in one before it.
         *
         * @param rest what is left to be filled, where that is known
         */
        private List<Tile> put(List<Tile> order, double @Nullable [] rest, List<Tile> before) {
            List<Tile> put = new ArrayList<>();
            for (Tile tile : order) {
                if ((rest == null || hasRoom(tile, rest)) && areApart(tile, before) && areApart(tile, put)) {
                    put.add(tile);
                    if (rest != null) {
                        Dot.take(rest, 1, tile.vector().numbers());
                    }
                }
            }
            return put;
        }

        private boolean hasRoom(Tile tile, double[] rest) {
            if (++lookedAt > MOST_LOOKED_AT) {
                return false;
            }
            int beyond = 0;
            double[] own = tile.vector().numbers();
            for (int i = 0; i < own.length; i++) {
                if (own[i] != 0 && Vector.isBeyond(own[i], rest[i]) && ++beyond >= threshold) {
                    return false;
                }
            }
            return true;
        }

        private boolean areApart(Tile tile, List<Tile> others) {
            for (Tile other : others) {
                if (++lookedAt > MOST_LOOKED_AT || !tile.isApart(other)) {
                    return false;
                }
            }
            return true;
        }

        /** Proved in numbers. */
        private Optional<Made> made(List<Tile> added, List<Tile> taken) {
            Fingerprint sum = sum(added).minus(sum(taken));
            int left = sum.differing(whole.figure().print());
            List<Tile> all = Stream.concat(added.stream(), taken.stream()).toList();
            List<Integer> some =
                    all.stream().filter(own::containsKey).map(own::get).sorted().toList();
            if (left >= threshold || all.size() < 2 || mustBeOwn && some.isEmpty()) {
                return Optional.empty();
            }
            List<Integer> times = Stream.concat(
                            added.stream().map(t -> 1), taken.stream().map(t -> -1))
                    .toList();
            List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
            return Optional.of(new Made(
                    new Combination(
                            whole.figure(),
                            new Found(1, places, times, left),
                            all.stream().map(Tile::figure).toList()),
                    some));
        }

        private static Fingerprint sum(List<Tile> tiles) {
            return Fingerprint.sum(tiles.stream().map(t -> t.figure().print()).toList());
        }
    }
}
