package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import io.weir.disclosure.history.TableBesideTwo.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two figures that make many groups of a table together, whichever of the three is asked last. Not thread-safe. */
final class PairsBeside {
    /** Pairs that are looked at beside a table, for one answer: some ten microseconds each. */
    private static final int MOST_PAIRS = 60_000;

    /** Figures that are put together by two. */
    private static final int MOST_FIGURES = 1_000;

    private final int threshold;
    private final List<Figure> figures;
    private final Columns columns;
    private final ShownTables tables;
    private int pairs;

    /** @param figures all of the measure */
    PairsBeside(int threshold, List<Figure> figures, Columns columns, ShownTables tables) {
        this.threshold = threshold;
        this.figures = figures;
        this.columns = columns;
        this.tables = tables;
    }

    /**
     * What was found.
     *
     * @param combination of one of the two figures
     * @param groups of the table, by index
     */
    record Made(Combination combination, List<Integer> groups) {}

    /** Counts anew. */
    void beginAnswer() {
        pairs = 0;
    }

    /**
     * Groups of a new table that make two figures from before together.
     *
     * @param groups of the table, of one kind
     * @param isMade whether groups alone are known to make a figure, by index
     * @param wanted else it is gone on
     */
    Optional<Made> ofNewTable(TableBesideTwo table, List<Figure> groups, IntPredicate isMade, Predicate<Made> wanted) {
        List<Side> sides = candidates(groups.getFirst().kind(), figures.size())
                .filter(g -> !isMade.test(g)) // whatever the groups and the other make, the other makes with them
                .map(g -> table.side(figures.get(g), column(g)))
                .toList();
        for (int a = 0; a < sides.size(); a++) {
            for (int b = 0; b < a; b++) {
                Optional<Made> made = ofTwo(table, groups, sides.get(a), sides.get(b), wanted);
                if (made.isPresent() || pairs > MOST_PAIRS) {
                    return made;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Made> ofTwo(
            TableBesideTwo table, List<Figure> groups, Side one, Side other, Predicate<Made> wanted) {
        return made(table, groups, one, 1, other, true)
                .filter(wanted)
                .or(() -> difference(table, groups, one, other).filter(wanted));
    }

    /** The smaller one taken from the larger one, as a combination of the one. */
    private Optional<Made> difference(TableBesideTwo table, List<Figure> groups, Side one, Side other) {
        if (other.vector().isPart(one.vector(), threshold)) {
            return made(table, groups, one, -1, other, true);
        }
        return one.vector().isPart(other.vector(), threshold)
                ? made(table, groups, other, -1, one, false)
                : Optional.empty();
    }

    /**
     * Groups of a table that was shown, and a figure from before, which make a new figure.
     *
     * @param until figures before this one are looked at
     * @param wanted else nothing is found
     */
    Optional<Combination> ofNewFigure(Figure figure, int until, Predicate<Combination> wanted) {
        Vector vector = Vector.of(figure.print()).orElse(null);
        if (vector == null) {
            return Optional.empty();
        }
        List<Integer> others = candidates(figure.kind(), until)
                .filter(g -> !figures.get(g).isSameNumber(figure))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        for (ShownTables.Beside table : tables.beside(figure.kind())) {
            Side own = table.table().side(figure, vector);
            if (table.table().makes(own)) {
                continue; // what else makes it, the groups make
            }
            List<Figure> groups = table.groups().stream().map(figures::get).toList();
            for (int g : others) {
                if (pairs > MOST_PAIRS) {
                    return Optional.empty();
                }
                Side other = table.table().side(figures.get(g), column(g));
                Optional<Made> made = made(table.table(), groups, own, 1, other, true)
                        .or(() -> difference(table.table(), groups, own, other));
                if (made.isPresent()) {
                    // What is free is known on any data: whatever else makes it tells nothing more.
                    return made.map(Made::combination).filter(wanted);
                }
            }
        }
        return Optional.empty();
    }

    /** Single figures, the last ones first, and then groups; each of many people. */
    private Stream<Integer> candidates(String kind, int until) {
        List<Integer> all = new ArrayList<>();
        IntStream.iterate(until - 1, g -> g >= 0, g -> g - 1)
                .filter(g -> columns.get(g) != null && figures.get(g).kind().equals(kind))
                .forEach(all::add);
        return Stream.concat(
                        all.stream().filter(g -> !tables.isGroup(g)),
                        all.stream().filter(tables::isGroup))
                .filter(g -> !figures.get(g).print().isOfFewerThan(threshold))
                .limit(MOST_FIGURES);
    }

    private Vector column(int figure) {
        return Objects.requireNonNull(columns.get(figure));
    }

    /** @param ofFirst of which of the two the combination is to be */
    private Optional<Made> made(
            TableBesideTwo table, List<Figure> groups, Side first, int sign, Side second, boolean ofFirst) {
        if (!table.hasRoom(first.vector(), sign, second.vector())) {
            return Optional.empty();
        }
        pairs++;
        return table.making(first, sign, second)
                .map(found -> ofFirst
                        ? made(groups, first.figure(), found, 1, second.figure(), -sign)
                        : made(groups, second.figure(), found, sign, first.figure(), -sign));
    }

    private static Made made(List<Figure> groups, Figure figure, Found found, int sign, Figure other, int otherSign) {
        List<Figure> terms = new ArrayList<>();
        List<Integer> times = new ArrayList<>();
        for (int t = 0; t < found.columns().size(); t++) {
            terms.add(groups.get(found.columns().get(t)));
            times.add(sign * found.coefficients().get(t));
        }
        terms.add(other);
        times.add(otherSign);
        List<Integer> places = IntStream.range(0, terms.size()).boxed().toList();
        return new Made(new Combination(figure, new Found(1, places, times, found.left()), terms), found.columns());
    }
}
