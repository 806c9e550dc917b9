package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * Arithmetic in Transact-SQL. Decimals overflow with an error and lose decimals silently when their types have no room (data types,
 * "precision, scale, and length"): so each operand is cast to a type that has room for all its values, and what has room nowhere is
 * refused.
 */
final class TransactNumbers {
    private static final int DIGITS_OF_WEIGHTS = 12;

    private final SqlText out;
    private final NumberShapes shapes;
    private final Consumer<Expr> value;

    TransactNumbers(SqlText out, NumberShapes shapes, Consumer<Expr> value) {
        this.out = out;
        this.shapes = shapes;
        this.value = value;
    }

    NumberShape shape(Expr expr) {
        Optional<NumberShape> shape = shapes.of(expr);
        if (shape.isEmpty()) {
            throw Untranslatable.refuse(
                    "arithmetic with numbers whose digits are not declared, or of floating point",
                    "Ask for the column to be declared numeric(p,s) in the policy; counts need no arithmetic.");
        }
        return checked(shape.get());
    }

    static NumberShape checked(NumberShape shape) {
        if (!shape.fits()) {
            throw Untranslatable.refuse(
                    "arithmetic that needs more than %d digits".formatted(NumberShape.MOST_DIGITS),
                    "Multiply fewer columns, or compute with the aggregates instead.");
        }
        return shape;
    }

    void exact(Expr expr) {
        exact(expr, shape(expr));
    }

    void exact(Expr expr, NumberShape shape) {
        cast(out, checked(shape), () -> value.accept(expr));
    }

    private static void cast(SqlText out, NumberShape shape, Runnable value) {
        out.append("TRY_CAST(");
        value.run();
        out.append(" AS ").append(shape.type()).append(")");
    }

    void sum(List<Expr> arguments, String operator) {
        folded(arguments, operator, NumberShape::plus);
    }

    void product(List<Expr> arguments) {
        NumberShape all = folded(arguments, " * ", NumberShape::times);
        // A product's type has one digit more than the sum of its factors' digits.
        checked(all.wider());
    }

    private NumberShape folded(List<Expr> arguments, String operator, BinaryOperator<NumberShape> shape) {
        out.append("(");
        for (int i = 0; i < arguments.size(); i++) {
            out.append(i > 0 ? operator : "");
            exact(arguments.get(i));
        }
        out.append(")");
        return checked(arguments.stream().map(this::shape).reduce(shape).orElseThrow());
    }

    void quotient(Expr dividend, Expr divisor) {
        NumberShape x = shape(dividend);
        NumberShape y = shape(divisor);
        NumberShape result = checked(new NumberShape(x.digits() + y.scale(), NumberShapes.QUOTIENT_SCALE));
        cast(out, result, () -> quotient(out, x, () -> value.accept(dividend), y, () -> value.accept(divisor)));
    }

    /**
     * A quotient of at least sixteen decimals. A quotient has max(6, s1 + p2 + 1) decimals as long as its type has room.
     *
     * @param x shape of the dividend
     * @param y shape of the divisor
     */
    static void quotient(SqlText out, NumberShape x, Runnable dividend, NumberShape y, Runnable divisor) {
        int scale = Math.max(x.scale(), NumberShapes.QUOTIENT_SCALE - y.precision() - 1);
        NumberShape wide = checked(new NumberShape(x.digits(), scale));
        checked(new NumberShape(x.digits() + y.scale(), NumberShapes.QUOTIENT_SCALE));
        out.append("(");
        cast(out, wide, dividend);
        out.append(" / NULLIF(");
        cast(out, checked(y), divisor);
        out.append(", 0))");
    }

    /** Truncates towards zero, as division of integers does in both dialects. */
    void wholeQuotient(Expr dividend, Expr divisor) {
        out.append("(");
        whole(dividend);
        out.append(" / NULLIF(");
        whole(divisor);
        out.append(", 0))");
    }

    private void whole(Expr operand) {
        if (shape(operand).scale() > 0) {
            throw Untranslatable.refuse("a whole quotient of numbers with decimals", "Divide whole numbers.");
        }
        out.append("TRY_CAST(");
        value.accept(operand);
        out.append(" AS bigint)");
    }

    void remainder(Expr dividend, Expr divisor) {
        out.append("(");
        exact(dividend);
        out.append(" % NULLIF(");
        exact(divisor);
        out.append(", 0))");
    }

    void called(String function, Expr argument) {
        out.append(function).append("(");
        exact(argument);
        out.append(")");
    }

    /** Half away from zero in both dialects. Its type is that of its argument, which needs a digit for the carry. */
    void rounded(Expr argument, Optional<Expr> digits) {
        out.append("ROUND(");
        exact(argument, shape(argument).wider());
        out.append(", ");
        digits.ifPresentOrElse(value, () -> out.append("0"));
        out.append(")");
    }

    /**
     * The mean, in as many decimals as a quotient.
     *
     * @param over written behind each of its two aggregates
     */
    void mean(Runnable written, Expr argument, Runnable over) {
        NumberShape sum = checked(shape(argument).summed());
        NumberShape result = checked(new NumberShape(shape(argument).digits(), NumberShapes.QUOTIENT_SCALE));
        cast(
                out,
                result,
                () -> quotient(
                        out,
                        sum,
                        () -> called("SUM(", written, over),
                        NumberShape.INT4,
                        () -> called("COUNT_BIG(", written, over)));
    }

    /** The product with a whole number of at most twelve digits, whose sum has room as well. */
    void weighted(Expr argument, Runnable written, Runnable weight) {
        NumberShape own = shape(argument);
        NumberShape times = new NumberShape(DIGITS_OF_WEIGHTS, 0);
        // A product's type has one digit more than its factors together.
        checked(own.times(times).wider());
        cast(out, own, written);
        out.append(" * ");
        cast(out, times, weight);
    }

    private void called(String beginning, Runnable argument, Runnable over) {
        out.append(beginning);
        argument.run();
        out.append(")");
        over.run();
    }
}
