package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
import io.weir.query.disclose.TableFigures.Groups;
import io.weir.query.disclose.TableFigures.Prints;
import io.weir.query.disclose.TableSums.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hides figures of a new table that, beside those shown before, would tell what few people contribute: cells that are near earlier figures, or near what other cells make of them,
 * of what the cells add up to as many as it takes, the smallest first, and margins that tell of hidden parts. One measure after another, so
 * that the measures of a table are compared with each other too. Not thread-safe.
 */
final class HistoryRule {
    private final Histories history;
    private final TableFigures table;
    private final HiddenRests rests;

    HistoryRule(Histories history, TableFigures table, HiddenRests rests) {
        this.history = history;
        this.table = table;
        this.rests = rests;
    }

    /**
     * @param cells with the prints of all figures that are to be shown
     * @param units of each cell
     * @return the same cells without the prints of what must be hidden
     */
    List<Prints> apply(List<Prints> cells, List<Long> units) {
        List<Prints> left = new ArrayList<>();
        cells.forEach(c -> left.add(new Prints(c.grouped(), c.keys(), new ArrayList<>(c.prints()))));
        do {
            for (int m : order()) {
                hide(m, left, units);
                publish(m, left);
            }
            history.forgetAnswer();
        } while (hideAcross(left, units));
        return Collections.unmodifiableList(left);
    }

    /** Groups of several measures make an earlier figure as those of one do: men of some months and women of the same. */
    private boolean hideAcross(List<Prints> cells, List<Long> units) {
        if (table.measures().size() < 2) {
            return false;
        }
        boolean hidden = false;
        for (Groups groups : table.groups(order(), cells)) {
            if (groups.measures().stream().distinct().count() < 2) {
                continue; // looked at before
            }
            List<Integer> making;
            do {
                // What was hidden is no longer there.
                List<Integer> shown = IntStream.range(0, groups.figures().size())
                        .filter(g -> groups.cells().get(g).stream()
                                .allMatch(c -> cells.get(c)
                                                .prints()
                                                .get(groups.measures().get(g))
                                        != null))
                        .boxed()
                        .toList();
                making = history
                        .making(shown.stream().map(groups.figures()::get).toList())
                        .stream()
                        .map(shown::get)
                        .toList();
                making.stream()
                        .flatMap(g -> groups.cells().get(g).stream()
                                .map(c -> new Place(c, groups.measures().get(g))))
                        .min(Comparator.<Place>comparingLong(place -> units.get(place.cell()))
                                .thenComparingInt(Place::cell)
                                .thenComparingInt(Place::measure))
                        .ifPresent(
                                smallest -> cells.get(smallest.cell()).prints().set(smallest.measure(), null));
                hidden |= !making.isEmpty();
            } while (!making.isEmpty());
        }
        return hidden;
    }

    private record Place(int cell, int measure) {}

    /** Figures of everybody before those of a part: of two that are near each other, the part is hidden. */
    private List<Integer> order() {
        return IntStream.range(0, table.measures().size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        m -> table.measures().get(m).conditions().size()))
                .toList();
    }

    private void hide(int measure, List<Prints> cells, List<Long> units) {
        boolean again = true;
        while (again) {
            // A cell that is hidden takes from others what made them free: they are looked at again.
            List<Sum> sums = table.sums(measure, cells);
            List<@Nullable Figure> figures = table.figures(measure, cells, sums);
            boolean cell = hideCells(measure, cells, figures, units);
            if (cell) {
                sums = table.sums(measure, cells);
                figures = table.figures(measure, cells, sums);
            }
            boolean ofSum = hideOfSums(measure, cells, sums, figures, units);
            again = cell || ofSum || hideOfSumsMaking(measure, cells, sums, units) || hideMargins(measure, cells);
        }
    }

    /**
     * Each beside the figures before the table, and beside these together with the larger cells: a part of the groups can be what was asked before. Of one grouping set, and of all of them, since what
     * margins are of their own parts distracts from what was asked before.
     */
    private boolean hideCells(int measure, List<Prints> cells, List<@Nullable Figure> figures, List<Long> units) {
        boolean hidden = false;
        List<Integer> all = IntStream.range(0, cells.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(units::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Map<Set<Integer>, List<Integer>> sets = new LinkedHashMap<>();
        all.forEach(c -> sets.computeIfAbsent(cells.get(c).grouped(), g -> new ArrayList<>())
                .add(c));
        List<List<Integer>> together = new ArrayList<>(sets.values());
        if (together.size() > 1) {
            together.add(all);
        }
        for (List<Integer> some : together) {
            history.beginTable();
            try {
                for (int c : some) {
                    Figure figure = cells.get(c).prints().get(measure) == null ? null : figures.get(c);
                    if (figure != null && history.isNear(figure)) {
                        cells.get(c).prints().set(measure, null);
                        hidden = true;
                    } else if (figure != null) {
                        history.add(figure);
                    }
                }
            } finally {
                history.forgetTable();
            }
        }
        for (List<Integer> set : sets.values()) {
            hidden |= hideMaking(measure, cells, figures, set);
        }
        return hidden;
    }

    /** However many groups it takes: the smallest of those that make an earlier figure. */
    private boolean hideMaking(int measure, List<Prints> cells, List<@Nullable Figure> figures, List<Integer> set) {
        List<Integer> shown = new ArrayList<>(set);
        boolean hidden = false;
        List<Integer> making;
        do {
            shown.removeIf(c -> cells.get(c).prints().get(measure) == null);
            making = history.making(shown.stream()
                    .map(c -> Objects.requireNonNull(figures.get(c)))
                    .toList());
            if (!making.isEmpty()) {
                // The largest come first.
                cells.get(shown.get(making.getLast())).prints().set(measure, null);
                hidden = true;
            }
        } while (!making.isEmpty());
        return hidden;
    }

    /** The same of what cells add up to when keys are left out: months of a table by month and sex. */
    private boolean hideOfSumsMaking(int measure, List<Prints> cells, List<Sum> sums, List<Long> units) {
        boolean hidden = false;
        Map<Set<Integer>, List<Sum>> byKept = new LinkedHashMap<>();
        sums.forEach(sum ->
                byKept.computeIfAbsent(sum.kept(), k -> new ArrayList<>()).add(sum));
        for (List<Sum> some : byKept.values()) {
            // Sums of one grouping set: those of another would count its rows again.
            List<Sum> whole = some.stream()
                    .filter(sum -> cells.get(sum.cells().getFirst())
                            .grouped()
                            .equals(cells.get(some.getFirst().cells().getFirst())
                                    .grouped()))
                    .toList();
            List<Integer> making =
                    history.making(whole.stream().map(Sum::figure).toList());
            if (!making.isEmpty()) {
                int smallest = smallest(making.stream().flatMap(sum -> whole.get(sum).cells().stream()), units);
                cells.get(smallest).prints().set(measure, null);
                hidden = true;
            }
        }
        return hidden;
    }

    private boolean hideOfSums(
            int measure, List<Prints> cells, List<Sum> sums, List<@Nullable Figure> figures, List<Long> units) {
        boolean hidden = false;
        for (Sum sum : sums) {
            // An earlier one may have taken a part of it.
            if (sum.cells().stream().allMatch(c -> cells.get(c).prints().get(measure) != null)
                    && history.isNear(sum.figure(), terms(sum, figures))) {
                int smallest = smallest(sum.cells().stream(), units);
                cells.get(smallest).prints().set(measure, null);
                hidden = true;
            }
        }
        return hidden;
    }

    private static int smallest(Stream<Integer> cells, List<Long> units) {
        return cells.min(Comparator.<Integer>comparingLong(units::get).thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static List<Figure> terms(Sum sum, List<@Nullable Figure> figures) {
        return sum.cells().stream()
                .map(figures::get)
                .map(Objects::requireNonNull)
                .toList();
    }

    private boolean hideMargins(int measure, List<Prints> cells) {
        Set<Integer> telling = rests.telling(measure, cells, history);
        telling.forEach(c -> cells.get(c).prints().set(measure, null));
        return !telling.isEmpty();
    }

    private void publish(int measure, List<Prints> cells) {
        table.groups(List.of(measure), cells).forEach(groups -> history.addTogether(groups.figures()));
        rests.shown(measure, cells).forEach(history::add);
    }
}
