package io.weir.query.govern;

import io.weir.policy.ColumnClass;
import io.weir.policy.Generalisation;
import io.weir.policy.Link;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where expressions use a column's exact value in the source, and where the coarsened value that analysts see. One a ruling. */
final class SourceValues {
    private final Scope scope;
    private final Exactness exactness;
    private final Ruling ruling;
    private final boolean rowView;

    SourceValues(Scope scope, Exactness exactness, Ruling ruling, boolean rowView) {
        this.scope = scope;
        this.exactness = exactness;
        this.ruling = ruling;
        this.rowView = rowView;
    }

    /** Declared links of coarsened columns to reference data are followed with the exact value. */
    void markExactLinks(Rel rel) {
        if (rowView) {
            return;
        }
        for (Expr condition : Linking.conditions(rel)) {
            if (condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                    && op == Op.EQUAL
                    && uncast(a.get(0)) instanceof Expr.Column x
                    && uncast(a.get(1)) instanceof Expr.Column y) {
                markExactLink(condition, x, y);
                markExactLink(condition, y, x);
            }
        }
    }

    private void markExactLink(Expr condition, Expr.Column own, Expr.Column theirs) {
        Rel.Scan from = scope.scan(own.alias());
        Rel.Scan to = scope.scan(theirs.alias());
        if (from == null || to == null || to.personal() || !coarsened(own)) {
            return;
        }
        for (Link link : from.dataset().links()) {
            int at = link.columns().indexOf(own.name());
            if (at >= 0
                    && link.target().equals(to.dataset().name())
                    && link.targetColumns().get(at).equals(theirs.name())) {
                scope.reachedExactly(condition, theirs.alias(), link.through());
            }
        }
    }

    private static Expr uncast(Expr side) {
        return side instanceof Expr.Cast(Expr inner, SqlType t, int typmod, boolean cuts)
                        && !cuts
                        && inner.type().isText() == t.isText()
                ? uncast(inner)
                : side;
    }

    /** The expression with source values wherever {@link Exactness} says so. */
    Expr values(Expr expr) {
        if (rowView) {
            return expr;
        }
        return expr.transform(e -> e instanceof Expr.Call call && exactness.usesSourceValues(call)
                ? new Expr.Call(
                        call.op(), call.arguments().stream().map(this::raw).toList(), call.type())
                : e);
    }

    /** In sums nothing is compared: dates count as they are. */
    Expr exactDays(Expr expr) {
        return rowView
                ? expr
                : values(expr.transform(e -> e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                                && (op == Op.DAYS_BETWEEN || op == Op.AGE_IN_YEARS)
                        ? new Expr.Call(op, a.stream().map(this::raw).toList(), t)
                        : e));
    }

    private Expr raw(Expr operand) {
        return operand.transform(e -> e instanceof Expr.Column c && coarsened(c)
                ? new Expr.Column(c.alias(), Rel.RAW + c.name(), c.type())
                : e);
    }

    private boolean coarsened(Expr.Column c) {
        Rel.Scan scan = scope.scan(c.alias());
        return scan != null
                && scan.personal()
                && !c.name().startsWith("~")
                && scan.dataset()
                        .column(c.name())
                        .filter(column -> !(column.aggregateView() instanceof Generalisation.None)
                                && !(column.aggregateView() instanceof Generalisation.Withhold)
                                && column.columnClass() != ColumnClass.TEXT)
                        .isPresent();
    }

    /** Comparisons of identifiers with pseudonyms become comparisons with what they stand for; what decodes to nothing is FALSE. */
    private Expr openTokens(Expr condition) {
        if (!rowView) {
            return condition;
        }
        return condition.transform(e -> {
            if (!(e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)) || (op != Op.EQUAL && op != Op.NOT_EQUAL)) {
                return e;
            }
            int at = identifier(a.get(0)) != null ? 0 : 1;
            Expr.Column column = identifier(a.get(at));
            if (column == null || !a.get(1 - at).isCallerValue()) {
                return e;
            }
            ColumnInfo info = scope.info(column);
            String namespace = info.namespace();
            Object token = a.get(1 - at) instanceof Expr.Literal l ? l.value() : null;
            Optional<String> raw =
                    token == null || info.base() == null || info.base().namespace() == null
                            ? Optional.empty()
                            : ruling.tokens().open(info.base().namespace(), Texts.print(token));
            if (raw.isEmpty() || namespace == null) {
                return Expr.literal(op == Op.NOT_EQUAL && token != null, SqlType.BOOL);
            }
            Object value = Evaluator.cast(raw.get(), column.type());
            return Expr.predicate(op, column, Expr.literal(value, column.type()));
        });
    }

    private Expr.@Nullable Column identifier(Expr expr) {
        Expr inner = expr instanceof Expr.Cast cast && !cast.cuts() ? cast.argument() : expr;
        return inner instanceof Expr.Column c
                        && scope.info(c).columnClass() == ColumnClass.IDENTIFIER
                        && !scope.info(c).reference()
                ? c
                : null;
    }

    /** The relation with source values in its conditions, ready to be written. */
    Rel mapConditions(Rel rel) {
        return switch (rel) {
            case Rel.Filter f -> new Rel.Filter(mapConditions(f.input()), openTokens(values(f.condition())));
            case Rel.Join j ->
                new Rel.Join(j.kind(), mapConditions(j.left()), mapConditions(j.right()), values(j.condition()));
            case Rel.Scan s -> s;
            case Rel.Values v -> v;
            case Rel.Derived d -> new Rel.Derived(d.alias(), mapConditions(d.input()), d.outputs(), d.distinct());
            case Rel.PerSubject p -> new Rel.PerSubject(p.alias(), mapConditions(p.input()), p.keys(), p.aggregates());
            case Rel.UnionAll u ->
                new Rel.UnionAll(
                        u.alias(),
                        u.branches().stream()
                                .map(b -> (Rel.Derived) mapConditions(b))
                                .toList());
        };
    }
}
