package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
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
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows, as figures: its cells, and all that its cells add up to when keys are left out. Who sees the cells sees those. Keys and
 * measures stand in the order of the block.
 *
 * @param frame what the rows are, before conditions
 * @param conditions on all rows
 * @param keys group keys
 * @param measures of the cells
 */
record TableFigures(String frame, Set<Condition> conditions, List<Key> keys, List<Measure> measures) {
    /** Of tables with more keys only the totals with one key less, with one key, and with none are looked at. */
    private static final int MOST_KEYS = 5;

    TableFigures {
        conditions = Set.copyOf(conditions);
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
    }

    record Key(Set<String> columns, String expression, SqlType type) {
        Condition is(@Nullable Object value) {
            return condition(columns, ConjunctText.keyPart(expression, type, value));
        }
    }

    /** @param conditions its own */
    record Measure(String measure, String kind, Set<Condition> conditions) {
        Measure {
            conditions = Set.copyOf(conditions);
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

    static TableFigures of(Block block, BlockForm form) {
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
            Set<Condition> own = new HashSet<>();
            figure.conditions().forEach(text -> add(text, own));
            measures.add(new Measure(figure.measure(), figure.kind(), own));
        }
        return new TableFigures(identity.population() + " " + shapes, conditions, keys, measures);
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

    /** The figure of a cell. */
    Figure cell(int measure, Set<Integer> grouped, List<@Nullable Object> values, Fingerprint print) {
        Set<Condition> all = new HashSet<>(conditions);
        Measure of = measures.get(measure);
        all.addAll(of.conditions());
        grouped.stream()
                .filter(k -> !keys.get(k).columns().isEmpty())
                .forEach(k -> all.add(keys.get(k).is(values.get(k))));
        return new Figure(new Selection(frame, all), of.measure(), of.kind(), print);
    }

    /**
     * What the shown cells of one grouping set add up to.
     *
     * @param figure the sum
     * @param cells indexes of the cells that are in it
     */
    record Sum(Figure figure, List<Integer> cells) {}

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
            if (cells.get(c).prints().get(measure) != null) {
                List<@Nullable Object> values = new ArrayList<>();
                kept.stream()
                        .sorted()
                        .forEach(k -> values.add(cells.get(c).keys().get(k)));
                groups.computeIfAbsent(values, v -> new ArrayList<>()).add(c);
            }
        }
        List<Sum> sums = new ArrayList<>();
        groups.values().forEach(group -> {
            Fingerprint sum = Fingerprint.empty();
            for (int c : group) {
                Fingerprint print = cells.get(c).prints().get(measure);
                sum = print == null ? sum : sum.plus(print);
            }
            sums.add(new Sum(cell(measure, kept, cells.get(group.getFirst()).keys(), sum), group));
        });
        return sums;
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
        List<Figure> figures = new ArrayList<>();
        for (int m = 0; m < measures.size(); m++) {
            for (Prints cell : cells) {
                Fingerprint print = cell.prints().get(m);
                if (print != null) {
                    figures.add(cell(m, cell.grouped(), cell.keys(), print));
                }
            }
            sums(m, cells).forEach(s -> figures.add(s.figure()));
        }
        return figures;
    }
}
