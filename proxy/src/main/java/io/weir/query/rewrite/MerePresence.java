package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether an expression lacks a value exactly where the columns lack one that it is made of. What may lack one for what the columns are (a quotient, a logarithm, a cast that can fail, a
 * day beyond the calendar, the row before the first) singles people out by whether it has a value.
 */
final class MerePresence {
    private final Predicate<Expr.Column> optional;
    private final Function<Expr.Column, @Nullable Expr> computed;

    /**
     * @param optional whether a column lacks its value where its row has no partner
     * @param computed what a column of a derived table is calculated from, null where it is none, or of no such table
     */
    MerePresence(Predicate<Expr.Column> optional, Function<Expr.Column, @Nullable Expr> computed) {
        this.optional = optional;
        this.computed = computed;
    }

    boolean is(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value() != null;
            case Expr.Column column -> {
                Expr inner = computed.apply(column);
                yield !optional.test(column) && (inner == null || is(inner));
            }
            case Expr.Cast cast -> keeps(cast) && is(cast.argument());
            case Expr.Call call -> isOf(call);
            default -> false;
        };
    }

    /**
     * What all has to be there for such an expression: columns, and what is calculated from days. Of numbers it is the same whatever is calculated from them.
     */
    List<Expr> needed(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> List.of();
            case Expr.Column column -> {
                Expr inner = computed.apply(column);
                yield inner == null ? List.of(column) : needed(inner);
            }
            case Expr.Cast cast -> needed(cast.argument());
            case Expr.Call call
            when call.type().isNumber() && !isOfDays(call) ->
                call.arguments().stream()
                        .flatMap(argument -> needed(argument).stream())
                        .distinct()
                        .toList();
            default -> List.of(expr);
        };
    }

    private static boolean isOfDays(Expr.Call call) {
        return call.op().isPartOfDate() || call.op() == Op.DAYS_BETWEEN || call.op() == Op.AGE_IN_YEARS;
    }

    private boolean isOf(Expr.Call call) {
        List<Expr> a = call.arguments();
        if (call.op().isPartOfDate() || call.op().isTruncation()) {
            return a.stream().allMatch(this::isDay);
        }
        return switch (call.op()) {
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    NEGATE,
                    ABSOLUTE,
                    FLOOR,
                    CEILING,
                    ROUND,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    NOT,
                    LEFT,
                    RIGHT,
                    UPPER,
                    LOWER,
                    LENGTH,
                    CONCAT -> a.stream().allMatch(this::is);
            case DIVIDE, INTEGER_DIVIDE -> is(a.get(0)) && isNotZero(a.get(1));
            case DAYS_BETWEEN, AGE_IN_YEARS, ADD_DAYS, ADD_INTERVAL ->
                a.stream().allMatch(this::isDay);
            default -> false;
        };
    }

    /** A day as it is stored, or where its month, say, begins: within the calendar. What is added to it may lead out of it. */
    private boolean isDay(Expr expr) {
        return switch (expr) {
            case Expr.Call call -> call.op().isTruncation() && is(call);
            case Expr.Cast cast -> keeps(cast) && isDay(cast.argument());
            default -> is(expr);
        };
    }

    private static boolean isNotZero(Expr expr) {
        return expr instanceof Expr.Literal literal
                && literal.value() instanceof Number number
                && number.doubleValue() != 0;
    }

    /** Whether there is a value for each. */
    private static boolean keeps(Expr.Cast cast) {
        SqlType from = cast.argument().type();
        SqlType to = cast.type();
        return !cast.cuts()
                && (to.isText() || from == to || from.isNumber() && to.isNumber() || isOfDays(from) && isOfDays(to));
    }

    private static boolean isOfDays(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP;
    }
}
