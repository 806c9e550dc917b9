package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.Figure.Half;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Form;
import io.weir.disclosure.history.Selection;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import io.weir.query.disclose.TableFigures.Measure;
import io.weir.query.disclose.TableFigures.Prints;
import io.weir.query.rewrite.TextDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the cells of a table add up to when keys are left out, and what is left of a margin without some of its parts. */
final class TableSums {
    /** Of tables with more keys only the totals with one key less, with one key, and with none are looked at. */
    private static final int MOST_KEYS = 5;

    private final TableFigures table;
    private final List<Prints> cells;
    private final Selections selections;

    /** @param cells all of them */
    TableSums(TableFigures table, List<Prints> cells) {
        this.table = table;
        this.cells = cells;
        this.selections = new Selections(table, cells);
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
    List<Sum> of(int measure) {
        Map<Set<Integer>, List<Integer>> bySet = new LinkedHashMap<>();
        for (int c = 0; c < cells.size(); c++) {
            bySet.computeIfAbsent(cells.get(c).grouped(), g -> new ArrayList<>())
                    .add(c);
        }
        Form[] forms = new Form[cells.size()];
        List<Sum> sums = new ArrayList<>();
        bySet.forEach((grouped, members) -> {
            for (Set<Integer> kept : fewer(grouped)) {
                sums.addAll(sums(measure, kept, members, forms));
            }
        });
        return sums;
    }

    /** @param forms of the cells, as far as they were needed before */
    private List<Sum> sums(int measure, Set<Integer> kept, List<Integer> members, Form[] forms) {
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
                boolean complete = shown.size() == group.size()
                        && table.closed().contains(first.grouped())
                        && addsUp(measure, first.grouped(), kept);
                Function<Set<Condition>, Selection> ofSum = conditions -> {
                    Selection whole = selections.of(conditions, kept, first.keys());
                    return complete ? whole : part(whole, shown, "part");
                };
                Measure of = table.measures().get(measure);
                Set<Half> halves = table.halvesThatAddUp(measure).stream()
                        .map(half -> new Half(ofSum.apply(half.whole()), half.by()))
                        .collect(Collectors.toSet());
                Figure figure =
                        table.figure(measure, ofSum.apply(of.conditions()), sum).halving(halves);
                sums.add(new Sum(
                        complete
                                ? figure.as(selections.form(table.counting(measure), figure.selection()))
                                : figure.as(added(shown, c -> {
                                    if (forms[c] == null) {
                                        Prints cell = cells.get(c);
                                        forms[c] = selections.form(
                                                table.counting(measure),
                                                selections.of(of.conditions(), cell.grouped(), cell.keys()));
                                    }
                                    return forms[c];
                                })),
                        kept,
                        shown,
                        complete));
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
    Figure rest(int measure, int margin, List<Integer> parts, Fingerprint print) {
        IntFunction<Selection> selection = c -> selections.of(
                table.measures().get(measure).conditions(),
                cells.get(c).grouped(),
                cells.get(c).keys());
        Selection of = selection.apply(margin);
        Form shown = added(parts, c -> selections.form(table.counting(measure), selection.apply(c)));
        return table.figure(measure, parts.isEmpty() ? of : part(of, parts, "rest"), print)
                .as(selections.form(table.counting(measure), of).plus(-1, List.of(shown)));
    }

    /** Whether what is counted in the groups is counted in all of them together: people in two groups are counted twice. */
    private boolean addsUp(int measure, Set<Integer> grouped, Set<Integer> kept) {
        return table.counting(measure) == TableFigures.Counting.ROWS
                || grouped.stream()
                        .allMatch(k -> kept.contains(k)
                                || table.isOfUnit(table.keys().get(k).columns()));
    }

    private static Form added(List<Integer> cells, IntFunction<Form> form) {
        return new Form(List.of()).plus(1, cells.stream().map(form::apply).toList());
    }

    /** Where a group is or may be missing, the sum is not the whole, though nobody may be in that group. */
    private Selection part(Selection whole, List<Integer> shown, String what) {
        List<String> by = cells.get(shown.getFirst()).grouped().stream()
                .sorted()
                .map(k -> table.keys().get(k).expression())
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
}
