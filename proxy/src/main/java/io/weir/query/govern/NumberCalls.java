package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Functions of numbers that are made of registered ones. Refuses powers whose exponent is not a small whole constant. Pure. */
final class NumberCalls {
    private static final int MOST_FACTORS = 10;
    private static final BigDecimal TEN = BigDecimal.TEN;

    private final BiFunction<Op, List<Expr>, Expr> comparison;

    /** @param comparison makes a comparison as one that is written */
    NumberCalls(BiFunction<Op, List<Expr>, Expr> comparison) {
        this.comparison = comparison;
    }

    /**
     * @param name the function's name in lower case
     * @return null when it is no such function
     */
    @Nullable
    Expr translate(String name, List<Expr> a, SqlType type) {
        Expr made = switch (name) {
            case "sign" -> sign(a.getFirst());
            case "trunc" -> a.size() == 1 ? whole(a.getFirst()) : cut(a.get(0), a.get(1));
            case "power", "pow" -> power(a.get(0), a.get(1));
            case "log10" -> logarithm(a.getFirst(), number(TEN));
            case "log" -> a.size() == 1 ? logarithm(a.getFirst(), number(TEN)) : logarithm(a.get(1), a.get(0));
            case "div" -> Expr.call(Op.INTEGER_DIVIDE, SqlType.NUMERIC, a.get(0), a.get(1));
            default -> null;
        };
        return made == null ? null : Casts.cast(made, type);
    }

    private static Expr number(BigDecimal value) {
        return Expr.literal(value, SqlType.NUMERIC);
    }

    private Expr sign(Expr value) {
        Growth.check(value, 3);
        Expr nought = number(BigDecimal.ZERO);
        return new Expr.Case(
                List.of(
                        new Expr.When(comparison.apply(Op.GREATER, List.of(value, nought)), number(BigDecimal.ONE)),
                        new Expr.When(
                                comparison.apply(Op.LESS, List.of(value, nought)), number(BigDecimal.ONE.negate())),
                        new Expr.When(comparison.apply(Op.EQUAL, List.of(value, nought)), nought)),
                Expr.literal(null, SqlType.NUMERIC),
                SqlType.NUMERIC);
    }

    /** Towards nought. */
    private Expr whole(Expr value) {
        Growth.check(value, 3);
        return new Expr.Case(
                List.of(new Expr.When(
                        comparison.apply(Op.LESS, List.of(value, number(BigDecimal.ZERO))),
                        Expr.call(Op.CEILING, SqlType.NUMERIC, value))),
                Expr.call(Op.FLOOR, SqlType.NUMERIC, value),
                SqlType.NUMERIC);
    }

    private Expr cut(Expr value, Expr digits) {
        if (!(digits instanceof Expr.Literal l) || !(l.value() instanceof Number n) || Math.abs(n.longValue()) > 100) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "trunc with a number of digits that is no constant, or too large",
                    "Write trunc(x, 2).");
        }
        Expr power = number(BigDecimal.ONE.scaleByPowerOfTen(n.intValue()));
        Expr whole = whole(Expr.call(Op.MULTIPLY, SqlType.NUMERIC, value, power));
        return Expr.call(Op.ROUND, SqlType.NUMERIC, Expr.call(Op.DIVIDE, SqlType.NUMERIC, whole, power), digits);
    }

    private static Expr power(Expr base, Expr exponent) {
        Object given = exponent.isConstant() ? Evaluator.constant(exponent) : null;
        BigDecimal value = given instanceof Number ? (BigDecimal) Evaluator.cast(given, SqlType.NUMERIC) : null;
        boolean open = exponent.isCallerValue() && !exponent.isConstant();
        if (!open
                && (value == null
                        || value.stripTrailingZeros().scale() > 0
                        || value.signum() <= 0
                        || value.compareTo(BigDecimal.valueOf(MOST_FACTORS)) > 0)) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "power with an exponent other than 1 to %d".formatted(MOST_FACTORS),
                    "Write sqrt(x) for a root, exp(y * ln(x)) for others, 1 / power(x, 2) for a negative one.");
        }
        Growth.check(base, value == null ? 1 : value.intValue());
        Expr product = base;
        for (int i = 1; value != null && i < value.intValue(); i++) {
            product = Expr.call(Op.MULTIPLY, SqlType.NUMERIC, product, base);
        }
        return product;
    }

    /** With sixteen decimals, as PostgreSQL shows them. */
    private static Expr logarithm(Expr value, Expr base) {
        Expr quotient = Expr.call(
                Op.DIVIDE,
                SqlType.NUMERIC,
                Expr.call(Op.LOGARITHM, SqlType.NUMERIC, value),
                Expr.call(Op.LOGARITHM, SqlType.NUMERIC, base));
        return Expr.call(Op.ROUND, SqlType.NUMERIC, quotient, Expr.literal(16, SqlType.INT4));
    }
}
