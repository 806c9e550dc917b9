package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which columns must have a value where a condition is true: {@code cost > 100} leaves out who has no cost. */
final class Demanded {
    private final Function<Expr.Column, @Nullable Expr> computed;

    /** @param computed what a column of a derived table is calculated from, null where it is none */
    Demanded(Function<Expr.Column, @Nullable Expr> computed) {
        this.computed = computed;
    }

    /** By a condition that is true. */
    Set<Expr.Column> by(Expr condition) {
        return switch (condition) {
            case Expr.Column column -> of(column);
            case Expr.Call call -> byCall(call);
            default -> Set.of();
        };
    }

    private Set<Expr.Column> byCall(Expr.Call call) {
        Expr first = call.arguments().isEmpty() ? call : call.arguments().getFirst();
        return switch (call.op()) {
            case AND -> all(call.arguments().stream().map(this::by));
            case OR ->
                call.arguments().stream().map(this::by).reduce(Demanded::common).orElseGet(Set::of);
            case IS_TRUE -> by(first);
            case IS_NOT_NULL -> of(first);
            case NOT -> first instanceof Expr.Call inner && isComparison(inner.op()) ? of(inner) : Set.of();
            default -> isComparison(call.op()) ? of(call) : Set.of();
        };
    }

    private static boolean isComparison(Op op) {
        return switch (op) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LIKE -> true;
            default -> false;
        };
    }

    /** By an expression that has a value. */
    private Set<Expr.Column> of(Expr value) {
        return switch (value) {
            case Expr.Column column -> {
                Set<Expr.Column> found = new HashSet<>(Set.of(column));
                Expr inner = computed.apply(column);
                if (inner != null) {
                    found.addAll(of(inner));
                }
                yield found;
            }
            case Expr.Cast cast -> of(cast.argument());
            case Expr.Call call ->
                isComparison(call.op()) || call.op().isPartOfDate() || call.op().isTruncation() || isStrict(call.op())
                        ? all(call.arguments().stream().map(this::of))
                        : Set.of();
            default -> Set.of();
        };
    }

    private static boolean isStrict(Op op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, NEGATE, ABSOLUTE, DAYS_BETWEEN, AGE_IN_YEARS, ADD_DAYS, ADD_INTERVAL -> true;
            default -> false;
        };
    }

    private static Set<Expr.Column> all(Stream<Set<Expr.Column>> sets) {
        Set<Expr.Column> all = new HashSet<>();
        sets.forEach(all::addAll);
        return all;
    }

    private static Set<Expr.Column> common(Set<Expr.Column> some, Set<Expr.Column> others) {
        Set<Expr.Column> both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }
}
