package io.weir.query.govern;

import io.weir.policy.Column;
import io.weir.policy.DatePart;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Op;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weekdays and hours as group keys, where the policy grants them: there are seven and twenty-four, whoever is in the data, so that a table by
 * them has a row for each that the statement leaves. A record that has none is there only when the column may be empty.
 */
final class PartDomains {
    private final Scope scope;
    private final List<Expr> conditions;

    /** @param conditions that every row satisfies */
    PartDomains(Scope scope, List<Expr> conditions) {
        this.scope = scope;
        this.conditions = conditions;
    }

    /** Of a part, and of what is calculated from one part alone. */
    Optional<KeyDomain> of(Expr key) {
        if (key instanceof Expr.Case c && isConstant(c)) {
            return Optional.empty(); // its results stand in the statement, those of empty records too
        }
        Set<Expr.Call> parts = new LinkedHashSet<>();
        key.walk(e -> {
            if (e instanceof Expr.Call call && column(call) != null) {
                parts.add(call);
            }
        });
        if (parts.size() != 1) {
            return Optional.empty();
        }
        Expr.Call part = parts.iterator().next();
        Expr.Column column = column(part);
        if (column == null || !isOf(key, part)) {
            return Optional.empty();
        }
        Set<Object> values = new LinkedHashSet<>();
        boolean withNull = mayLack(column);
        int first = part.op() == Op.ISO_DAY_OF_WEEK ? 1 : 0;
        for (int i = 0; i < (part.op() == Op.HOUR_OF ? 24 : 7); i++) {
            Expr number = Expr.literal(Evaluator.cast(BigDecimal.valueOf(first + i), part.type()), part.type());
            if (!mayBe(part, number)) {
                continue;
            }
            Object value = value(key, part, number);
            withNull |= value == null;
            if (value != null) {
                values.add(value);
            }
        }
        return Optional.of(new KeyDomain.Listed(List.copyOf(values), withNull));
    }

    private static boolean isConstant(Expr.Case c) {
        return c.otherwise().isConstant()
                && c.whens().stream().allMatch(w -> w.value().isConstant());
    }

    /** The column of which a granted part is taken; null when it is none, or may have no part though it has a value. */
    private Expr.@Nullable Column column(Expr.Call call) {
        DatePart part = switch (call.op()) {
            case DAY_OF_WEEK, ISO_DAY_OF_WEEK -> DatePart.WEEKDAY;
            case HOUR_OF -> DatePart.HOUR;
            default -> null;
        };
        Expr.Column column = part == null
                ? null
                : DateRules.column(call.arguments().getFirst()).orElse(null);
        if (column == null || scope.isProtected(column)) {
            return null;
        }
        Column base = scope.info(column).base();
        return base != null && base.parts().contains(part) ? column : null;
    }

    private boolean mayLack(Expr.Column column) {
        return scope.isOptional(column.alias())
                || scope.info(column).nullable() && !conditions.contains(Expr.predicate(Op.IS_NOT_NULL, column));
    }

    /** Whether nothing but the part is in it. */
    private static boolean isOf(Expr expr, Expr.Call part) {
        return with(expr, part, Expr.literal(null, part.type())).isConstant();
    }

    private static Expr with(Expr expr, Expr.Call part, Expr number) {
        return expr.transform(e -> e.equals(part) ? number : e);
    }

    private static @Nullable Object value(Expr expr, Expr.Call part, Expr number) {
        return Evaluator.constant(with(expr, part, number));
    }

    /** Whether a record with this part can satisfy what the statement asks of the part alone. */
    private boolean mayBe(Expr.Call part, Expr number) {
        return conditions.stream()
                .filter(c -> !c.isConstant() && isOf(c, part))
                .allMatch(c -> Boolean.TRUE.equals(value(c, part, number)));
    }
}
