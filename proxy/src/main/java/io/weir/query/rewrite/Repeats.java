package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Joins that repeat the records of people. A number of rows, or a sum, over them counts a person as often as the join says: where the asker chooses whom it repeats, and how often, one person
 * outweighs rounding and all others, under any condition. So such numbers are refused where records are repeated by more than two relations, or where it depends on more than plain
 * comparisons of stored columns which records meet. People, different records and different values are counted once however often they are repeated.
 */
final class Repeats {
    private static final int MOST_RELATIONS = 2;

    /** Where nothing is counted twice, or only asked for: so that one person's records take no source's time. */
    private static final int MOST_COUNTED_ONCE = 3;

    /** Of one dataset, in a UNION ALL. */
    private static final int MOST_BRANCHES = 3;

    private final String namespace;

    private Repeats(String namespace) {
        this.namespace = namespace;
    }

    /** Refuses numbers of rows, and sums, of records that are repeated at will. */
    static void check(Block block) {
        Repeats repeats = new Repeats(block.namespace());
        List<Atom> repeatable = block.atoms().stream()
                .filter(atom -> atom instanceof Atom.Rows || atom instanceof Atom.Sum)
                .toList();
        if (!repeatable.isEmpty()) {
            repeats.check(
                    block.input(),
                    repeatable.stream()
                            .flatMap(atom -> Expr.conjunctsOf(atom.filter()).stream())
                            .toList());
        }
        repeats.bound(block.input());
        block.atoms().forEach(atom -> repeats.bound(atom.filter()));
        block.keys().forEach(key -> repeats.bound(key.expr()));
    }

    private void bound(Rel rows) {
        int together = together(Levels.of(rows));
        if (together > MOST_COUNTED_ONCE) {
            throw refuse(
                    "the records of a person in %d relations are put together, each with each".formatted(together));
        }
        inside(rows);
    }

    private void inside(Rel rel) {
        rel.expressions().forEach(this::bound);
        for (Rel input : rel.inputs()) {
            switch (rel) {
                case Rel.Derived d -> bound(input);
                case Rel.PerSubject p -> bound(input);
                case Rel.UnionAll u -> inside(input);
                case Rel.Filter f -> inside(input);
                case Rel.Join j -> inside(input);
                case Rel.Scan s -> {}
                case Rel.Values v -> {}
            }
        }
    }

    private void bound(Expr expr) {
        expr.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                bound(exists.rel());
            }
        });
    }

    /** How many relations' records are put together, each with each, in the rows of a level, those in its sub-queries included. */
    private int together(Level level) {
        return repeating(level).stream().mapToInt(leaf -> together(leaf.rel())).sum();
    }

    private int together(Rel rel) {
        return switch (rel) {
            case Rel.Derived d -> Math.max(1, together(Levels.of(d.input())));
            case Rel.PerSubject p -> Math.max(1, together(Levels.of(p.input())));
            case Rel.UnionAll u ->
                u.branches().stream().mapToInt(this::together).max().orElse(1);
            default -> 1;
        };
    }

    private List<Leaf> repeating(Level level) {
        return level.leaves().stream()
                .filter(leaf -> !leaf.neutral() && !UnitColumns.isOneRow(leaf.rel(), namespace))
                .toList();
    }

    private void check(Rel rows, List<Expr> arms) {
        Level level = Levels.of(rows);
        List<Leaf> repeating = repeating(level);
        int together = together(level);
        if (together > MOST_RELATIONS) {
            throw refuse("rows of %d relations are counted or added up that repeat each other".formatted(together));
        }
        if (together == MOST_RELATIONS) {
            List<Leaf> several =
                    repeating.stream().filter(leaf -> together(leaf.rel()) > 1).toList();
            Meeting meeting = new Meeting(level, repeating, several);
            level.conditions().forEach(meeting::add);
            arms.forEach(meeting::add);
            for (Leaf leaf : level.leaves()) {
                leaf.on().forEach(meeting::add);
                if (repeating.contains(leaf)
                        && leaf.on().stream()
                                .anyMatch(on -> Levels.aliases(on).stream().noneMatch(leaf.alias()::equals))) {
                    throw refuse(
                            "ON asks nothing of the records that it joins, so that it only chooses whom they repeat");
                }
            }
        }
        for (Leaf leaf : level.leaves()) {
            switch (leaf.rel()) {
                case Rel.Derived d -> check(d.input(), List.of());
                case Rel.PerSubject p ->
                    check(
                            p.input(),
                            p.aggregates().stream()
                                    .flatMap(a -> Stream.concat(
                                            Expr.conjunctsOf(a.filter()).stream(), Stream.of(a.argument())))
                                    .toList());
                case Rel.UnionAll u -> {
                    branches(u);
                    u.branches().forEach(branch -> check(branch.input(), List.of()));
                }
                case Rel.Values v -> repeated(v);
                case Rel.Scan s -> {}
                case Rel.Filter f -> {}
                case Rel.Join j -> {}
            }
        }
    }

    private static void branches(Rel.UnionAll union) {
        Map<String, Integer> times = new HashMap<>();
        union.branches().forEach(branch -> count(branch, times));
        if (times.values().stream().anyMatch(n -> n > MOST_BRANCHES)) {
            throw refuse(
                    "UNION ALL of more than %d selections of one table repeats its records".formatted(MOST_BRANCHES));
        }
    }

    private static void count(Rel rel, Map<String, Integer> times) {
        if (rel instanceof Rel.Scan scan) {
            times.merge(scan.dataset().name().toString(), 1, Integer::sum);
        }
        rel.inputs().forEach(input -> count(input, times));
    }

    private static void repeated(Rel.Values values) {
        if (new HashSet<>(values.rows()).size() < values.rows().size()) {
            throw refuse("a list of VALUES with the same row twice repeats what it is joined to");
        }
    }

    /** Which records of two relations meet: those that plain comparisons say. One of the two may be chosen by what is calculated of it, with all its rows. */
    private static final class Meeting {
        private final Map<String, Leaf> leaves = new HashMap<>();
        private final Set<String> repeating = new HashSet<>();
        private final Set<String> chosen = new HashSet<>();

        /** Sub-queries in which records were put together: nothing else may choose among their rows. */
        private final Set<String> several = new HashSet<>();

        private Meeting(Level level, List<Leaf> repeating, List<Leaf> several) {
            level.leaves().forEach(leaf -> leaves.put(leaf.alias(), leaf));
            repeating.forEach(leaf -> this.repeating.add(leaf.alias()));
            several.forEach(leaf -> this.several.add(leaf.alias()));
        }

        private void add(Expr condition) {
            Set<String> all = Levels.aliases(condition);
            Set<String> own = new HashSet<>(all);
            own.retainAll(repeating);
            if (own.isEmpty() || isComparison(condition)) {
                return;
            }
            if (all.size() > 1 || asksForRecords(condition) || own.stream().anyMatch(several::contains)) {
                throw refuse("which records are joined depends on a condition about several tables");
            }
            if (!isOfStored(condition)) {
                chosen.addAll(own);
            }
            if (chosen.size() > 1) {
                throw refuse("records are joined of which both are chosen by calculated columns");
            }
        }

        private static boolean asksForRecords(Expr condition) {
            boolean[] found = {false};
            condition.walk(e -> found[0] |= e instanceof Expr.Exists || e instanceof Expr.Scalar);
            return found[0];
        }

        private boolean isOfStored(Expr condition) {
            boolean[] stored = {true};
            condition.walk(e -> stored[0] &= !(e instanceof Expr.Column column) || isStored(column));
            return stored[0];
        }

        private boolean isComparison(Expr condition) {
            return condition instanceof Expr.Call call
                    && switch (call.op()) {
                        case IS_TRUE -> isComparison(call.arguments().getFirst());
                        case IS_NOT_NULL -> isCalculated(call.arguments().getFirst());
                        case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                            call.arguments().stream().allMatch(this::isDifference);
                        default -> false;
                    };
        }

        private boolean isDifference(Expr value) {
            return value instanceof Expr.Call call && (call.op() == Op.ADD || call.op() == Op.SUBTRACT)
                    ? call.arguments().stream().allMatch(this::isDifference)
                    : isStored(value);
        }

        private boolean isCalculated(Expr value) {
            return value instanceof Expr.Call call
                            && switch (call.op()) {
                                case ADD, SUBTRACT, MULTIPLY, NEGATE, ABSOLUTE -> true;
                                default -> false;
                            }
                    ? call.arguments().stream().allMatch(this::isCalculated)
                    : isStored(value);
        }

        /** A stored column, or so many days after it. */
        private boolean isStored(Expr side) {
            return switch (side) {
                case Expr.Column column ->
                    leaves.containsKey(column.alias())
                            && isStored(column, leaves.get(column.alias()).rel());
                case Expr.Cast cast -> isStored(cast.argument());
                case Expr.Call call
                when call.op() == Op.ADD_DAYS
                        || call.op() == Op.ADD_INTERVAL
                        || call.op() == Op.DAYS_BETWEEN
                        || call.op().isTruncation()
                        || call.op().isPartOfDate() -> call.arguments().stream().allMatch(this::isStored);
                default -> side.isCallerValue();
            };
        }

        /** Or one value of all of a person's records in one table. */
        private static boolean isStored(Expr.Column column, Rel rel) {
            if (rel instanceof Rel.Scan
                    || rel instanceof Rel.Values
                    || column.name().equals(Rel.SUBJECT)) {
                return true;
            }
            if (CanonicalNames.computed(rel, column) instanceof Expr.Column inner) {
                return rel.inputs().stream().anyMatch(input -> new StoredColumns(input).contains(inner));
            }
            return rel instanceof Rel.PerSubject per
                    && per.input() instanceof Rel.Scan
                    && per.aggregates().stream()
                            .anyMatch(a -> a.name().equals(column.name())
                                    && a.filter().equals(Expr.always())
                                    && a.argument() instanceof Expr.Column);
        }
    }

    private static RuntimeException refuse(String fragment) {
        return Problem.of(
                        ProblemCode.AGGREGATE_USE,
                        fragment,
                        "Count DISTINCT keys of people or of records, or aggregate per person in a sub-query (or ask EXISTS) before joining.")
                .asException();
    }
}
