package io.weir.query.disclose;

import io.weir.disclosure.history.Asked;
import io.weir.disclosure.history.Asked.Domain;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.Figure.Half;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Selection;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import io.weir.query.disclose.TableSums.Sum;
import io.weir.query.govern.plan.Block;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.rewrite.BlockForm.FigureForm;
import io.weir.query.rewrite.BlockIdentity;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.rewrite.ConjunctText.Kind;
import io.weir.query.rewrite.FigureKinds;
import io.weir.query.rewrite.KeyText;
import io.weir.query.rewrite.TextTree;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * @param unitColumns those that have one value for each unit, on any data
 */
record TableFigures(
        String frame,
        Set<Condition> conditions,
        List<Key> keys,
        List<Measure> measures,
        Set<Set<Integer>> closed,
        Set<String> unitColumns) {
    /** What is added up, as a condition. */
    private static final String OF = "of ";

    TableFigures {
        conditions = Set.copyOf(conditions);
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
        closed = Set.copyOf(closed);
        unitColumns = Set.copyOf(unitColumns);
    }

    /** What is added up by adding figures up. */
    enum Counting {
        /** Something of each row. */
        ROWS,
        /** People, or what belongs to one: those of different people are different. */
        UNITS,
        /** Values, which may be the same in different groups. */
        VALUES
    }

    Counting counting(int measure) {
        return switch (measures.get(measure).kind()) {
            case String kind when kind.equals(FigureKinds.ROWS) || kind.startsWith(FigureKinds.SUM) -> Counting.ROWS;
            case String kind
            when kind.equals(FigureKinds.UNITS) || kind.startsWith(FigureKinds.RECORDS) -> Counting.UNITS;
            default -> Counting.VALUES;
        };
    }

    boolean isOfUnit(Set<String> columns) {
        return !columns.isEmpty() && unitColumns.containsAll(columns);
    }

    record Key(Set<String> columns, String expression, SqlType type) {
        /** Whether everybody is in one group. */
        boolean isConstant() {
            return columns.isEmpty() && TextTree.read(expression) instanceof TextTree.Constant;
        }

        Condition is(@Nullable Object value) {
            return condition(columns, ConjunctText.keyPart(expression, type, value));
        }

        /** @param domain gives all that it can be, where that is known */
        Condition is(@Nullable Object value, Supplier<Optional<Domain>> domain) {
            Condition plain = is(value);
            return new Condition(plain.text(), plain.columns(), plain.nature(), () -> {
                Asked asked = plain.asked();
                return asked instanceof Asked.In(String subject, List<Piece> pieces, Optional<Domain> d)
                        ? new Asked.In(subject, pieces, domain.get())
                        : asked;
            });
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
                    conditions(figure.of(), figure.conditions()),
                    figure.halves().stream()
                            .map(half -> new MeasureHalf(conditions(figure.of(), half.whole()), half.by()))
                            .collect(Collectors.toSet())));
        }
        Set<Set<Integer>> all = new HashSet<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            if (closed.contains(s)) {
                all.add(block.groupingSets().get(s));
            }
        }
        return new TableFigures(
                identity.population() + " " + shapes, conditions, keys, measures, all, form.unitColumns());
    }

    /** @param of what is added up: of two columns of one name, which, is known like a condition */
    private static Set<Condition> conditions(String of, List<String> texts) {
        Set<Condition> conditions = new HashSet<>();
        if (!of.isEmpty()) {
            conditions.add(condition(Set.of(), OF + of));
        }
        texts.forEach(text -> add(text, conditions));
        return conditions;
    }

    private static void add(String text, Set<Condition> conditions) {
        ConjunctText conjunct = ConjunctText.read(text);
        if (conjunct.kind() == Kind.CONDITION) {
            conjunct.parts().forEach(part -> conditions.add(condition(conjunct.columns(), part)));
        }
    }

    static Condition condition(Set<String> columns, String part) {
        return new Condition(part, columns, nature(part), () -> Truth.of(part));
    }

    private static Nature nature(String part) {
        if (ConjunctText.isPresence(part)) {
            return Nature.PRESENCE;
        }
        return part.startsWith(OF) ? Nature.AMOUNT : Nature.OTHER;
    }

    /**
     * The figures of the cells of one measure, null for cells that do not show it.
     *
     * @param sums of the measure over the same cells
     */
    List<@Nullable Figure> figures(int measure, List<Prints> cells, List<Sum> sums) {
        Map<Integer, Set<Half>> byKey = halves(cells, sums);
        Selections selections = new Selections(this, cells);
        List<@Nullable Figure> figures = new ArrayList<>();
        for (int c = 0; c < cells.size(); c++) {
            Prints cell = cells.get(c);
            Fingerprint print = cell.prints().get(measure);
            if (print == null) {
                figures.add(null);
                continue;
            }
            Set<Half> halves = new HashSet<>(byKey.getOrDefault(c, Set.of()));
            for (MeasureHalf half : halvesThatAddUp(measure)) {
                halves.add(new Half(selections.of(half.whole(), cell.grouped(), cell.keys()), half.by()));
            }
            Selection own = selections.of(measures.get(measure).conditions(), cell.grouped(), cell.keys());
            figures.add(figure(measure, own, print).halving(halves).as(selections.form(counting(measure), own)));
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

    Figure figure(int measure, Selection selection, Fingerprint print) {
        return new Figure(
                selection,
                measures.get(measure).measure(),
                measures.get(measure).kind(),
                print);
    }

    /** Halves by what has one value for each unit, where units are counted. */
    Set<MeasureHalf> halvesThatAddUp(int measure) {
        Measure of = measures.get(measure);
        return of.halves().stream()
                .filter(half -> switch (counting(measure)) {
                    case ROWS -> true;
                    case VALUES -> false;
                    case UNITS ->
                        of.conditions().stream().allMatch(c -> half.whole().contains(c) || isOfUnit(c.columns()));
                })
                .collect(Collectors.toSet());
    }

    /** All sums over fewer keys of one measure, where anything is shown. */
    List<Sum> sums(int measure, List<Prints> cells) {
        return new TableSums(this, cells).of(measure);
    }

    /**
     * Figures of one set of keys, of measures that are counted in one way.
     *
     * @param cells indexes of the cells that are in each
     */
    record Groups(List<Figure> figures, List<Integer> measures, List<List<Integer>> cells) {}

    /** Everything that these cells show of some measures, set of keys by set of keys, however the measures are put together: all of them, and those that are of no common row. */
    List<Groups> groups(List<Integer> measures, List<Prints> cells) {
        Map<Object, Map<Integer, List<Shown>>> bySet = new LinkedHashMap<>();
        for (int m : measures) {
            for (Shown shown : shown(m, cells)) {
                bySet.computeIfAbsent(shown.set(), set -> new LinkedHashMap<>())
                        .computeIfAbsent(m, own -> new ArrayList<>())
                        .add(shown);
            }
        }
        Set<List<Integer>> together = together(measures);
        List<Groups> groups = new ArrayList<>();
        for (Map<Integer, List<Shown>> set : bySet.values()) {
            for (List<Integer> some : together) {
                List<Shown> all = some.stream()
                        .flatMap(m -> set.getOrDefault(m, List.of()).stream())
                        .toList();
                groups.add(new Groups(
                        all.stream().map(Shown::figure).toList(),
                        all.stream().map(Shown::measure).toList(),
                        all.stream().map(Shown::cells).toList()));
            }
        }
        return groups;
    }

    /** Measures that are counted alike, and of these the families whose members have no row in common: arms of a FILTER, say. */
    private Set<List<Integer>> together(List<Integer> measures) {
        Set<List<Integer>> together = new LinkedHashSet<>();
        for (int first : measures) {
            List<Integer> alike =
                    measures.stream().filter(m -> isCountedLike(first, m)).toList();
            together.add(alike);
            List<Integer> family = new ArrayList<>(List.of(first));
            for (int other : alike) {
                if (family.stream().allMatch(m -> isApart(m, other))) {
                    family.add(other);
                }
            }
            together.add(family.stream().sorted().toList());
        }
        return together;
    }

    private boolean isCountedLike(int first, int second) {
        Measure one = measures.get(first);
        Measure other = measures.get(second);
        return one.measure().equals(other.measure()) && one.kind().equals(other.kind());
    }

    private boolean isApart(int first, int second) {
        return new Selection(frame, measures.get(first).conditions())
                .isApart(new Selection(frame, measures.get(second).conditions()));
    }

    /**
     * @param set what it is grouped by
     * @param cells indexes of the cells that are in it
     */
    private record Shown(Object set, int measure, List<Integer> cells, Figure figure) {}

    /** Everything that these cells show of one measure. */
    private List<Shown> shown(int measure, List<Prints> cells) {
        List<Sum> sums = sums(measure, cells);
        List<@Nullable Figure> figures = figures(measure, cells, sums);
        List<Shown> shown = new ArrayList<>();
        for (int c = 0; c < figures.size(); c++) {
            Figure figure = figures.get(c);
            if (figure != null) {
                shown.add(new Shown(cells.get(c).grouped(), measure, List.of(c), figure));
            }
        }
        for (Sum sum : sums) {
            // Sums of one grouping set: those of another would count its rows again.
            List<Set<Integer>> set = List.of(cells.get(sum.cells().getFirst()).grouped(), sum.kept());
            shown.add(new Shown(set, measure, sum.cells(), sum.figure()));
        }
        return shown;
    }

    /** Everything that these cells show, as {@link #groups(List, List)}. */
    List<List<Figure>> all(List<Prints> cells) {
        return groups(IntStream.range(0, measures.size()).boxed().toList(), cells).stream()
                .map(Groups::figures)
                .toList();
    }
}
