package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;

/**
 * How the arguments of a call are written. Constants of comparisons in one of two types of numbers: whole where whole numbers are compared, so that a text tells whether behind one is before the next; what is
 * calculated with as the decimal number that it is rounded to.
 */
final class Comparisons {
    private Comparisons() {}

    /** The arguments of a call, as they are written. */
    static List<Expr> written(Expr.Call call) {
        List<Expr> sides = call.arguments();
        boolean comparison = switch (call.op()) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> true;
            default -> false;
        };
        return comparison
                        && sides.size() == 2
                        && sides.get(0).type().isNumber()
                        && sides.get(1).type().isNumber()
                ? List.of(number(sides.get(0), sides.get(1)), number(sides.get(1), sides.get(0)))
                : isCalculation(call.op())
                        ? sides.stream().map(Comparisons::exact).toList()
                        : sides;
    }

    private static boolean isCalculation(Op op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, INTEGER_DIVIDE, FLOOR -> true;
            default -> false;
        };
    }

    /** Sources calculate with decimal numbers: what a binary one is rounded to is another value than its own. */
    private static Expr exact(Expr side) {
        return isBinary(side.type()) ? new Expr.Cast(side, SqlType.NUMERIC) : side;
    }

    private static Expr number(Expr side, Expr other) {
        if (!(side instanceof Expr.Literal(Object value, SqlType type)) || value == null || !isExact(type)) {
            return side;
        }
        BigDecimal number = new BigDecimal(Texts.print(value)).stripTrailingZeros();
        if (isBinary(other.type())) { // the source makes the constant such a number, too: several are one
            return new Expr.Literal(number.doubleValue(), SqlType.FLOAT8);
        }
        return type.isInteger() && other.type().isInteger()
                ? new Expr.Literal(number.longValueExact(), SqlType.INT8)
                : new Expr.Literal(number, SqlType.NUMERIC);
    }

    private static boolean isBinary(SqlType type) {
        return type == SqlType.FLOAT4 || type == SqlType.FLOAT8;
    }

    private static boolean isExact(SqlType type) {
        return type.isInteger() || type == SqlType.NUMERIC;
    }
}
