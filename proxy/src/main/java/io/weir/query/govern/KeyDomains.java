package io.weir.query.govern;

import io.weir.policy.Domain;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which values of a group key are public beforehand, so that small groups can be shown with a marker instead of being dropped. */
final class KeyDomains {
    private final Scope scope;
    private final List<Expr> conditions;

    KeyDomains(Scope scope, UnitRows rows) {
        this.scope = scope;
        this.conditions = Linking.certain(rows.rel());
    }

    KeyDomain of(Expr key) {
        if (key instanceof Expr.Literal l) {
            return l.value() == null
                    ? new KeyDomain.Listed(List.of(), true)
                    : new KeyDomain.Listed(List.of(l.value()), false);
        }
        if (key instanceof Expr.Case c) {
            return ofCase(c);
        }
        if (!(key instanceof Expr.Column column)) {
            return new KeyDomain.Open();
        }
        Set<Object> allowed = restriction(column);
        ColumnInfo info = scope.info(column);
        if (!allowed.isEmpty() && !(info.base() == null)) {
            // The statement itself names the values: they are public whatever the policy declares.
            return new KeyDomain.Listed(List.copyOf(allowed), false);
        }
        if (info.base() == null || info.dataset() == null) {
            return new KeyDomain.Open();
        }
        boolean withNull = info.nullable();
        if (info.reference()) {
            return new KeyDomain.FromReference(info.dataset().name(), column.name(), withNull, null);
        }
        return switch (info.base().domain()) {
            case Domain.Open o -> new KeyDomain.Open();
            case Domain.Values v ->
                new KeyDomain.Listed(
                        v.values().stream()
                                .map(t -> Texts.read(t, column.type()))
                                .toList(),
                        withNull);
            case Domain.Reference r -> new KeyDomain.FromReference(r.dataset(), r.column(), withNull, null);
        };
    }

    /** A CASE whose results are all constants: its values stand in the statement. */
    private static KeyDomain ofCase(Expr.Case c) {
        Set<Object> values = new LinkedHashSet<>();
        boolean withNull = false;
        List<Expr> results =
                new ArrayList<>(c.whens().stream().map(Expr.When::value).toList());
        results.add(c.otherwise());
        for (Expr result : results) {
            if (!(result instanceof Expr.Literal l)) {
                return new KeyDomain.Open();
            }
            if (l.value() == null) {
                withNull = true;
            } else {
                values.add(l.value());
            }
        }
        return new KeyDomain.Listed(List.copyOf(values), withNull);
    }

    /** Values to which the statement restricts a column by = or IN at its top level. */
    private Set<Object> restriction(Expr.Column column) {
        for (Expr condition : conditions) {
            Set<Object> values = new LinkedHashSet<>();
            if (equalities(condition, column, values)) {
                return values;
            }
        }
        return Set.of();
    }

    private static boolean equalities(Expr condition, Expr.Column column, Set<Object> into) {
        if (condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t)) {
            if (op == Op.OR) {
                return a.stream().allMatch(x -> equalities(x, column, into));
            }
            if (op == Op.EQUAL && a.get(0).equals(column) && a.get(1) instanceof Expr.Literal l && l.value() != null) {
                into.add(l.value());
                return true;
            }
        }
        return false;
    }
}
