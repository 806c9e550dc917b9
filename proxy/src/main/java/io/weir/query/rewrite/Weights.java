package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a person's share of a number grows with what is recorded of them: not at all where each person counts once, with the number of their records, with its square where each record meets each
 * … Of a number that is calculated for a person in a sub-query it is the same as if it were counted outside. Relations of one block; not thread-safe.
 */
final class Weights {
    /** More than anything that is permitted. */
    private static final int BEYOND = 100;

    private final UnitColumns units;
    private final Map<String, Rel> relations;
    private final Map<Expr.Column, Integer> records = new HashMap<>();

    /** @param relations of the block, by alias */
    Weights(UnitColumns units, Map<String, Rel> relations) {
        this.units = units;
        this.relations = relations;
    }

    /** Relations of which a person can have several rows in the rows of a level. */
    List<Leaf> repeating(Level level) {
        return level.leaves().stream()
                .filter(leaf -> !leaf.neutral() && !units.isOneRow(leaf.rel()))
                .toList();
    }

    /** Of how many relations' records each meets each, in the rows of a level: those in its sub-queries included. */
    int ofRows(Level level) {
        return within(
                repeating(level).stream().mapToInt(leaf -> ofRows(leaf.rel())).sum());
    }

    int ofRows(Rel rel) {
        return switch (rel) {
            case Rel.Derived d -> Math.max(1, ofRows(Levels.of(d.input())));
            case Rel.PerSubject p -> Math.max(1, ofRows(Levels.of(p.input())));
            case Rel.UnionAll u ->
                u.branches().stream().mapToInt(this::ofRows).max().orElse(1);
            default -> 1;
        };
    }

    /** Of one row's amount, by records that were counted or added up for it. */
    int ofAmount(Expr amount) {
        return ofAmount(amount, 0);
    }

    /** @param rows of the level in which it stands */
    private int ofAmount(Expr amount, int rows) {
        return switch (amount) {
            case Expr.Column column -> ofColumn(column);
            case Expr.Case c ->
                Math.max(
                        ofAmount(c.otherwise(), rows),
                        c.whens().stream()
                                .mapToInt(when -> ofAmount(when.value(), rows))
                                .max()
                                .orElse(0));
            case Expr.Window window -> {
                int of = window.arguments().stream()
                        .mapToInt(a -> ofAmount(a, rows))
                        .max()
                        .orElse(0);
                yield switch (window.function()) {
                    case ROW_NUMBER, RANK, DENSE_RANK, COUNT -> once(Math.max(1, rows));
                    case SUM -> once(rows + of);
                    case AVG, MIN, MAX, LAG, LEAD, FIRST_VALUE -> of;
                };
            }
            case Expr.Call call
            when call.op() == Op.MULTIPLY ->
                within(call.arguments().stream()
                        .mapToInt(a -> ofAmount(a, rows))
                        .sum());
            case Expr.Exists e -> 0;
            case Expr.Scalar s -> 0;
            default ->
                amount.operands().stream()
                        .mapToInt(a -> ofAmount(a, rows))
                        .max()
                        .orElse(0);
        };
    }

    private int ofColumn(Expr.Column column) {
        Integer before = records.putIfAbsent(column, 0);
        if (before != null) {
            return before;
        }
        Rel rel = relations.get(column.alias());
        Expr inner = CanonicalNames.computed(rel, column);
        int weight = switch (rel) {
            case Rel.Derived d when inner != null -> ofAmount(inner, ofRows(Levels.of(d.input())));
            case Rel.PerSubject p when inner != null -> ofAmount(inner);
            case Rel.PerSubject p -> ofAggregate(p, CanonicalNames.aggregate(p, column.name()));
            case Rel.UnionAll u ->
                u.branches().stream()
                        .mapToInt(branch -> ofOutput(branch, column.name()))
                        .max()
                        .orElse(0);
            case null, default -> 0;
        };
        records.put(column, weight);
        return weight;
    }

    private int ofOutput(Rel.Derived branch, String name) {
        int rows = ofRows(Levels.of(branch.input()));
        return outputs(branch, name)
                .mapToInt(output -> ofAmount(output, rows))
                .max()
                .orElse(0);
    }

    private static Stream<Expr> outputs(Rel.Derived branch, String name) {
        return branch.outputs().stream()
                .filter(output -> output.name().equals(name))
                .map(Rel.Named::expr);
    }

    private int ofAggregate(Rel.PerSubject per, Rel.NamedAggregate aggregate) {
        int of = ofAmount(aggregate.argument());
        return switch (aggregate.function()) {
            case COUNT -> once(aggregate.distinct() ? 1 : Math.max(1, ofRows(Levels.of(per.input()))));
            case SUM -> once(ofRows(Levels.of(per.input())) + of);
            case AVERAGE, MINIMUM, MAXIMUM -> of;
        };
    }

    /** Of what is put into amounts records are counted once: pairs of them, and numbers of numbers, only in the answer itself. */
    private static int once(int weight) {
        return weight > 1 ? BEYOND : weight;
    }

    private static int within(int weight) {
        return Math.min(weight, BEYOND);
    }
}
