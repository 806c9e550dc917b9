package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.Figure.Half;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Selection;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import io.weir.query.govern.plan.Block;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.rewrite.BlockForm.FigureForm;
import io.weir.query.rewrite.BlockIdentity;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.rewrite.ConjunctText.Kind;
import io.weir.query.rewrite.KeyText;
import io.weir.query.rewrite.TextDigest;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows, as figures: its cells, and all that its cells add up to when keys are left out. Who sees the cells sees those. Keys and
 * measures stand in the order of the block.
 *
 * @param frame what the rows are, before conditions
 * @param conditions on all rows
 * @param keys group keys
 * @param measures of the cells
 * @param closed the sets of keys, by index, all of whose groups are among the cells: those of few people are not left out
 */
record TableFigures(
        String frame, Set<Condition> conditions, List<Key> keys, List<Measure> measures, Set<Set<Integer>> closed) {
    /** Of tables with more keys only the totals with one key less, with one key, and with none are looked at. */
    private static final int MOST_KEYS = 5;

    TableFigures {
        conditions = Set.copyOf(conditions);
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
        closed = Set.copyOf(closed);
    }

    record Key(Set<String> columns, String expression, SqlType type) {
        Condition is(@Nullable Object value) {
            return condition(columns, ConjunctText.keyPart(expression, type, value));
        }
    }

    /**
     * @param conditions its own
     * @param halves the wholes that it is one half of
     */
    record Measure(String measure, String kind, Set<Condition> conditions, Set<MeasureHalf> halves) {
        Measure {
            conditions = Set.copyOf(conditions);
            halves = Set.copyOf(halves);
        }
    }

    /**
     * @param whole conditions of the whole
     * @param by by what it is halved
     */
    record MeasureHalf(Set<Condition> whole, String by) {
        MeasureHalf {
            whole = Set.copyOf(whole);
        }
    }

    /**
     * A cell of one grouping set.
     *
     * @param grouped indexes of the keys that are grouped by
     * @param keys values of all keys; those not grouped by are of no account
     * @param prints one per measure, null where the figure is not shown
     */
    record Prints(Set<Integer> grouped, List<@Nullable Object> keys, List<@Nullable Fingerprint> prints) {}

    /** @param closed indexes of the grouping sets all of whose groups are public */
    static TableFigures of(Block block, BlockForm form, Set<Integer> closed) {
        BlockIdentity identity = form.identity();
        TreeSet<String> shapes = new TreeSet<>();
        Set<Condition> conditions = new HashSet<>();
        for (String text : identity.conjuncts()) {
            ConjunctText conjunct = ConjunctText.read(text);
            if (conjunct.kind() == Kind.SHAPE && conjunct.columns().isEmpty()) {
                shapes.addAll(conjunct.parts());
            }
            add(text, conditions);
        }
        List<Key> keys = new ArrayList<>();
        for (int k = 0; k < block.keys().size(); k++) {
            KeyText text = form.keys().get(k);
            keys.add(new Key(
                    text.columns(), text.expression(), block.keys().get(k).type()));
        }
        List<Measure> measures = new ArrayList<>();
        for (FigureForm figure : form.figures()) {
            measures.add(new Measure(
                    figure.measure(),
                    figure.kind(),
                    conditions(figure.conditions()),
                    figure.halves().stream()
                            .map(half -> new MeasureHalf(conditions(half.whole()), half.by()))
                            .collect(Collectors.toSet())));
        }
        Set<Set<Integer>> all = new HashSet<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            if (closed.contains(s)) {
                all.add(block.groupingSets().get(s));
            }
        }
        return new TableFigures(identity.population() + " " + shapes, conditions, keys, measures, all);
    }

    private static Set<Condition> conditions(List<String> texts) {
        Set<Condition> conditions = new HashSet<>();
        texts.forEach(text -> add(text, conditions));
        return conditions;
    }

    private static void add(String text, Set<Condition> conditions) {
        ConjunctText conjunct = ConjunctText.read(text);
        if (conjunct.kind() == Kind.CONDITION) {
            conjunct.parts().forEach(part -> conditions.add(condition(conjunct.columns(), part)));
        }
    }

    private static Condition condition(Set<String> columns, String part) {
        return new Condition(part, columns, nature(part));
    }

    private static Nature nature(String part) {
        return ConjunctText.isValueOfColumn(part)
                ? Nature.VALUE
                : ConjunctText.isPresence(part) ? Nature.PRESENCE : Nature.OTHER;
    }

    /**
     * The figures of the cells of one measure, null for cells that do not show it.
     *
     * @param sums of the measure over the same cells
     */
    List<@Nullable Figure> figures(int measure, List<Prints> cells, List<Sum> sums) {
        Map<Integer, Set<Half>> byKey = halves(cells, sums);
        List<@Nullable Figure> figures = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            Prints cell = cells.get(c);
            Fingerprint print = cell.prints().get(measure);
            if (print == null) {
                figures.add(null);
                continue;
            }
            Set<Half> halves = new HashSet<>(byKey.getOrDefault(c, Set.of()));
            for (MeasureHalf half : measures.get(measure).halves()) {
                halves.add(new Half(selection(half.whole(), cell.grouped(), cell.keys()), half.by()));
            }
            Selection own = selection(measures.get(measure).conditions(), cell.grouped(), cell.keys());
            figures.add(figure(measure, own, print).halving(halves));
        }
        return figures;
    }

    /** Of groups that have two cells, both shown, which wholes the cells are halves of. */
    private Map<Integer, Set<Half>> halves(List<Prints> cells, List<Sum> sums) {
        Map<Integer, Set<Half>> halves = new HashMap<>();
        for (Sum sum : sums) {
            if (sum.complete() && sum.cells().size() == 2) {
                Set<Integer> by =
                        new TreeSet<>(cells.get(sum.cells().getFirst()).grouped());
                by.removeAll(sum.kept());
                String keys = by.stream()
                        .map(k -> keys().get(k).expression())
                        .toList()
                        .toString();
                sum.cells()
                        .forEach(c -> halves.computeIfAbsent(c, x -> new HashSet<>())
                                .add(new Half(sum.figure().selection(), keys)));
            }
        }
        return halves;
    }

    private Figure figure(int measure, Selection selection, Fingerprint print) {
        return new Figure(
                selection,
                measures.get(measure).measure(),
                measures.get(measure).kind(),
                print);
    }

    private Selection selection(Set<Condition> own, Set<Integer> grouped, List<@Nullable Object> values) {
        Set<Condition> all = new HashSet<>(conditions);
        all.addAll(own);
        grouped.stream()
                .filter(k -> !keys.get(k).columns().isEmpty())
                .forEach(k -> all.add(keys.get(k).is(values.get(k))));
        return new Selection(frame, all);
    }

    /**
     * What the shown cells of one grouping set add up to.
     *
     * @param figure the sum
     * @param kept the keys it is grouped by
     * @param cells indexes of the cells that are in it
     * @param complete whether no group is missing from it, on any data
     */
    record Sum(Figure figure, Set<Integer> kept, List<Integer> cells, boolean complete) {}

    /** All sums over fewer keys of one measure, where anything is shown. */
    List<Sum> sums(int measure, List<Prints> cells) {
        Map<Set<Integer>, List<Integer>> bySet = new LinkedHashMap<>();
        for (int c = 0; c < cells.size(); c++) {
            bySet.computeIfAbsent(cells.get(c).grouped(), g -> new ArrayList<>())
                    .add(c);
        }
        List<Sum> sums = new ArrayList<>();
        bySet.forEach((grouped, members) -> {
            for (Set<Integer> kept : fewer(grouped)) {
                sums.addAll(sums(measure, kept, members, cells));
            }
        });
        return sums;
    }

    private List<Sum> sums(int measure, Set<Integer> kept, List<Integer> members, List<Prints> cells) {
        Map<List<@Nullable Object>, List<Integer>> groups = new LinkedHashMap<>();
        for (int c : members) {
            List<@Nullable Object> values = new ArrayList<>();
            kept.stream().sorted().forEach(k -> values.add(cells.get(c).keys().get(k)));
            groups.computeIfAbsent(values, v -> new ArrayList<>()).add(c);
        }
        List<Sum> sums = new ArrayList<>();
        groups.values().forEach(group -> {
            List<Integer> shown = new ArrayList<>();
            Fingerprint sum = Fingerprint.empty();
            for (int c : group) {
                Fingerprint print = cells.get(c).prints().get(measure);
                if (print != null) {
                    shown.add(c);
                    sum = sum.plus(print);
                }
            }
            if (!shown.isEmpty()) {
                Prints first = cells.get(shown.getFirst());
                boolean complete = shown.size() == group.size() && closed.contains(first.grouped());
                Function<Set<Condition>, Selection> ofSum = conditions -> {
                    Selection whole = selection(conditions, kept, first.keys());
                    return complete ? whole : part(whole, shown, cells, "part");
                };
                Measure of = measures.get(measure);
                Set<Half> halves = of.halves().stream()
                        .map(half -> new Half(ofSum.apply(half.whole()), half.by()))
                        .collect(Collectors.toSet());
                sums.add(new Sum(
                        figure(measure, ofSum.apply(of.conditions()), sum).halving(halves), kept, shown, complete));
            }
        });
        return sums;
    }

    /**
     * A figure of what is left of a margin without some of its parts.
     *
     * @param margin index of its cell
     * @param parts indexes of the cells that are taken out
     */
    Figure rest(int measure, int margin, List<Integer> parts, Fingerprint print, List<Prints> cells) {
        Prints whole = cells.get(margin);
        Selection of = selection(measures.get(measure).conditions(), whole.grouped(), whole.keys());
        return figure(measure, parts.isEmpty() ? of : part(of, parts, cells, "rest"), print);
    }

    /** Where a group is or may be missing, the sum is not the whole, though nobody may be in that group. */
    private Selection part(Selection whole, List<Integer> shown, List<Prints> cells, String what) {
        List<String> by = cells.get(shown.getFirst()).grouped().stream()
                .sorted()
                .map(k -> keys.get(k).expression())
                .toList();
        List<String> groups =
                shown.stream().map(c -> cells.get(c).keys().toString()).toList();
        Set<Condition> all = new HashSet<>(whole.conditions());
        String digest = TextDigest.of("part of a table", List.of(by, groups));
        all.add(new Condition(what + " " + digest, Set.of(), Nature.OTHER));
        return new Selection(whole.frame(), all);
    }

    private static List<Set<Integer>> fewer(Set<Integer> grouped) {
        List<Integer> keys = grouped.stream().sorted().toList();
        List<Set<Integer>> sets = new ArrayList<>();
        if (keys.size() > MOST_KEYS) {
            sets.add(Set.of());
            for (int k : keys) {
                sets.add(Set.of(k));
                Set<Integer> without = new HashSet<>(keys);
                without.remove(k);
                sets.add(without);
            }
            return sets;
        }
        for (int bits = 0; bits < (1 << keys.size()) - 1; bits++) {
            Set<Integer> set = new HashSet<>();
            for (int i = 0; i < keys.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    set.add(keys.get(i));
                }
            }
            sets.add(set);
        }
        return sets;
    }

    /** Everything that these cells show. */
    List<Figure> all(List<Prints> cells) {
        List<Figure> all = new ArrayList<>();
        for (int m = 0; m < measures.size(); m++) {
            all.addAll(shown(m, cells));
        }
        return all;
    }

    /** Everything that these cells show of one measure. */
    List<Figure> shown(int measure, List<Prints> cells) {
        List<Sum> sums = sums(measure, cells);
        List<Figure> shown = new ArrayList<>();
        figures(measure, cells, sums).stream().filter(Objects::nonNull).forEach(shown::add);
        sums.forEach(sum -> shown.add(sum.figure()));
        return shown;
    }
}
