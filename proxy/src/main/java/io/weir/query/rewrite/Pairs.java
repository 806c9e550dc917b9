package io.weir.query.rewrite;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pairs of records that may be counted: of which plain comparisons of stored columns say which meet, and conditions about one table which are looked at. By anything else the asker
 * could choose whose records meet.
 */
final class Pairs {
    private final UnitColumns units;
    private final Level level;
    private final Map<String, Leaf> leaves = new HashMap<>();

    /** Of relations that are no person's own record: a condition on them chooses among a person's rows. */
    private final Set<String> choosing = new HashSet<>();

    private Pairs(Level level, UnitColumns units) {
        this.units = units;
        this.level = level;
        for (Leaf leaf : level.leaves()) {
            leaves.put(leaf.alias(), leaf);
            if (!units.isOneRow(leaf.rel())) {
                choosing.add(leaf.alias());
            }
        }
    }

    /**
     * Whether nothing else chooses the rows of a level.
     *
     * @param arms further conditions
     */
    static boolean arePlain(Level level, List<Expr> arms, UnitColumns units) {
        Pairs pairs = new Pairs(level, units);
        Stream<Expr> on = level.leaves().stream().flatMap(leaf -> leaf.on().stream());
        return Stream.of(level.links().stream(), level.conditions().stream(), arms.stream(), on)
                        .flatMap(all -> all)
                        .allMatch(pairs::isPlain)
                && level.leaves().stream()
                        .filter(leaf -> pairs.choosing.contains(leaf.alias()))
                        .allMatch(leaf -> arePlain(leaf.rel(), units));
    }

    private static boolean arePlain(Rel rows, UnitColumns units) {
        return switch (rows) {
            case Rel.Scan s -> true;
            case Rel.Values v -> true;
            case Rel.Derived d -> arePlain(d.input(), d.distinct() ? d.outputs() : List.of(), units);
            case Rel.PerSubject p -> arePlain(p.input(), p.keys(), units);
            case Rel.UnionAll u -> u.branches().stream().allMatch(branch -> arePlain(branch, units));
            case Rel.Filter f -> false;
            case Rel.Join j -> false;
        };
    }

    /** @param different of which each different row is one */
    private static boolean arePlain(Rel input, List<Rel.Named> different, UnitColumns units) {
        Level level = Levels.of(input);
        Pairs pairs = new Pairs(level, units);
        return arePlain(level, List.of(), units)
                && different.stream().allMatch(column -> pairs.isStored(column.expr()));
    }

    private boolean isPlain(Expr condition) {
        // That it is this person says nothing of which of their records.
        Set<String> all = Levels.columns(condition).stream()
                .filter(column -> !units.isKey(column, level))
                .map(Expr.Column::alias)
                .collect(Collectors.toSet());
        return all.stream().noneMatch(choosing::contains)
                || isComparison(condition)
                || all.size() == 1 && !asksForRecords(condition) && isOfStored(condition);
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
                : isStored(value) || isWindow(value);
    }

    /** What stored values of a person have together. */
    private boolean isWindow(Expr value) {
        return value instanceof Expr.Column column
                && leaves.get(column.alias()) instanceof Leaf(Rel rel, boolean optional, List<Expr> on, boolean neutral)
                && rel instanceof Rel.Derived derived
                && CanonicalNames.computed(derived, column) instanceof Expr.Window window
                && window.arguments().stream().allMatch(new Pairs(Levels.of(derived.input()), units)::isStored);
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
