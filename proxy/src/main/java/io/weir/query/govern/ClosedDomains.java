package io.weir.query.govern;

import io.weir.policy.Domain;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Functions of texts whose values the policy lists: written out as IN and CASE over the list, which are ruled on like those that the
 * analyst writes, and decided without looking at a row.
 */
final class ClosedDomains {
    private static final int MOST_VALUES = 50;

    private final Scope scope;

    ClosedDomains(Scope scope) {
        this.scope = scope;
    }

    /** {@code own LIKE pattern} as equality with the listed values that match. */
    Optional<Expr> like(Expr own, Expr pattern, boolean ignoreCase) {
        Expr column = own instanceof Expr.Cast cast && !cast.cuts() ? cast.argument() : own;
        List<String> values = values(column);
        if (values.isEmpty() || !(pattern instanceof Expr.Literal l) || !(l.value() instanceof String text)) {
            return Optional.empty();
        }
        List<Expr> equal = new ArrayList<>();
        for (String value : values) {
            if (matches(value, text, ignoreCase)) {
                equal.add(isValue(column, value));
            }
        }
        return Optional.of(
                switch (equal.size()) {
                    case 0 -> isValue(column, text); // no listed value, so never true, and unknown without a value
                    case 1 -> equal.getFirst();
                    default -> new Expr.Call(Op.OR, equal, SqlType.BOOL);
                });
    }

    private static boolean matches(String value, String pattern, boolean ignoreCase) {
        Expr whole = Expr.literal(value, SqlType.TEXT);
        Expr like = Expr.literal(pattern, SqlType.TEXT);
        return Boolean.TRUE.equals(Evaluator.constant(
                Expr.predicate(Op.LIKE, ignoreCase ? lower(whole) : whole, ignoreCase ? lower(like) : like)));
    }

    static Expr lower(Expr text) {
        return Casts.fold(Expr.call(Op.LOWER, SqlType.TEXT, text));
    }

    /** The beginnings of the listed values, as a CASE. */
    Optional<Expr> left(Expr own, Expr length) {
        Expr column = own instanceof Expr.Cast cast && !cast.cuts() ? cast.argument() : own;
        List<String> values = values(column);
        if (values.isEmpty() || !(length instanceof Expr.Literal)) {
            return Optional.empty();
        }
        Expr written = written(new Expr.Call(Op.LEFT, List.of(column, Casts.cast(length, SqlType.INT4)), SqlType.TEXT));
        return written instanceof Expr.Case ? Optional.of(written) : Optional.empty();
    }

    /** A function of one listed column and constants, as a CASE over the list; any other as it is. */
    Expr written(Expr.Call call) {
        List<Expr.Column> columns = Scope.columnsOf(call);
        if (columns.size() != 1
                || !call.transform(e -> e.equals(columns.getFirst()) ? anything(e) : e)
                        .isConstant()) {
            return call;
        }
        Expr.Column column = columns.getFirst();
        List<String> values = values(column);
        if (values.isEmpty()) {
            return call;
        }
        Map<Object, List<Expr>> results = new LinkedHashMap<>();
        for (String value : values) {
            Object result =
                    Evaluator.constant(call.transform(e -> e.equals(column) ? Expr.literal(value, column.type()) : e));
            if (result == null) {
                return call;
            }
            results.computeIfAbsent(result, r -> new ArrayList<>()).add(isValue(column, value));
        }
        List<Expr.When> whens = new ArrayList<>();
        results.forEach((result, equal) -> whens.add(new Expr.When(
                equal.size() == 1 ? equal.getFirst() : new Expr.Call(Op.OR, equal, SqlType.BOOL),
                Expr.literal(result, call.type()))));
        return new Expr.Case(whens, Expr.literal(null, call.type()), call.type());
    }

    private static Expr anything(Expr column) {
        return Expr.literal(null, column.type());
    }

    private static Expr isValue(Expr column, String value) {
        return Expr.predicate(Op.EQUAL, column, Expr.literal(value, column.type()));
    }

    /** What the policy lists; nothing where it lists nothing, or where analysts see something else. */
    private List<String> values(Expr expr) {
        if (!(expr instanceof Expr.Column column) || !column.type().isText() || scope.isProtected(column)) {
            return List.of();
        }
        ColumnInfo info = scope.info(column);
        io.weir.policy.Column base = info.base();
        if (base == null
                || info.coarse()
                || !(base.domain() instanceof Domain.Values listed)
                || listed.values().size() > MOST_VALUES) {
            return List.of();
        }
        return listed.values().stream()
                .map(v -> Texts.print(Texts.read(v, column.type())))
                .toList();
    }
}
