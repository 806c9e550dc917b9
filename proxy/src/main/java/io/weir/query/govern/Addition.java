package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.util.List;

/**
 * What plus and minus mean: for numbers, and between dates, days and intervals. Refuses intervals that are not constant where they are
 * subtracted, and types that have neither. Pure.
 */
final class Addition {
    private Addition() {}

    private static boolean isDay(Expr e) {
        return e.type() == SqlType.DATE;
    }

    static Expr plus(List<Expr> a, SqlType type, Moments moments) {
        Expr left = a.get(0);
        Expr right = a.get(1);
        if (isDay(left) && right.type().isInteger()) {
            return new Expr.Call(Op.ADD_DAYS, a, SqlType.DATE);
        }
        if (isDay(right) && left.type().isInteger()) {
            return new Expr.Call(Op.ADD_DAYS, List.of(right, left), SqlType.DATE);
        }
        if (right.type() == SqlType.INTERVAL && left.type() != SqlType.INTERVAL) {
            return later(left, right, type, moments);
        }
        if (left.type() == SqlType.INTERVAL && right.type() != SqlType.INTERVAL) {
            return later(right, left, type, moments);
        }
        return numeric(Op.ADD, a, type);
    }

    static Expr minus(List<Expr> a, SqlType type, Moments moments) {
        Expr left = a.get(0);
        Expr right = a.get(1);
        if (isDay(left) && isDay(right)) {
            return new Expr.Call(Op.DAYS_BETWEEN, a, SqlType.INT4);
        }
        if (isDay(left) && right.type().isInteger()) {
            return new Expr.Call(Op.ADD_DAYS, List.of(left, negate(right)), SqlType.DATE);
        }
        if (right.type() == SqlType.INTERVAL && left.type() != SqlType.INTERVAL) {
            if (right instanceof Expr.Literal l && l.value() instanceof PgInterval i) {
                Expr negative = new Expr.Literal(new PgInterval(-i.months(), -i.days(), -i.micros()), SqlType.INTERVAL);
                return later(left, negative, type, moments);
            }
            if (right instanceof Expr.Parameter || right instanceof Expr.Literal) {
                // Not bound yet, or NULL: whether it is added or subtracted makes no difference.
                return later(left, right, type, moments);
            }
            throw refuse(ProblemCode.FUNCTION_USE, "only a constant interval can be subtracted");
        }
        return numeric(Op.SUBTRACT, a, type);
    }

    private static Expr later(Expr start, Expr interval, SqlType type, Moments moments) {
        return start.type() == SqlType.TIMESTAMPTZ
                ? moments.plus(start, interval)
                : Casts.cast(new Expr.Call(Op.ADD_INTERVAL, List.of(start, interval), SqlType.TIMESTAMP), type);
    }

    private static Expr negate(Expr days) {
        return Casts.fold(new Expr.Call(Op.NEGATE, List.of(days), days.type()));
    }

    private static Expr numeric(Op op, List<Expr> arguments, SqlType type) {
        if (!arguments.stream().allMatch(a -> a.type().isNumber()) || !type.isNumber()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "%s is not available for these types".formatted(op == Op.ADD ? "+" : "-"),
                    "Dates: date - date gives days, date + integer a date, date + interval a timestamp.");
        }
        return new Expr.Call(op, arguments, type);
    }
}
