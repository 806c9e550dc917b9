package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;

/**
 * Variance, correlation and regression over people, from protected counts, sums and sums of products: nothing is told that those would not
 * tell. Each sum is judged by its own contributors, so that one person with leverage hides the figure. Refuses conditionals as arguments.
 */
final class Spread {
    private final Arms arms;
    private final Sums sums;

    Spread(Arms arms, Sums sums) {
        this.arms = arms;
        this.sums = sums;
    }

    /** @return whether the function is one of these */
    static boolean measures(String function) {
        return switch (function) {
            case "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop" -> true;
            default -> isOfTwo(function);
        };
    }

    static boolean isOfTwo(String function) {
        return function.startsWith("regr_") || function.startsWith("covar_") || function.equals("corr");
    }

    Expr ofOne(String function, Expr argument, Expr where) {
        Sums.Products x = sums.products(List.of(plain(argument, where)), where);
        Expr squares = difference(multiply(x.rows(), x.product(0, 0)), multiply(x.sum(0), x.sum(0)));
        boolean population = function.endsWith("_pop");
        Expr rows = population ? x.rows() : subtract(x.rows(), one());
        Expr variance = divide(squares, multiply(x.rows(), rows));
        Expr scaled = multiply(variance, number(x.factor(0).pow(2)));
        return function.startsWith("stddev") ? sqrt(scaled) : scaled;
    }

    /** @param y the first argument: what is explained */
    Expr ofTwo(String function, Expr y, Expr x, Expr where) {
        Sums.Products p = sums.products(List.of(plain(y, where), plain(x, where)), where);
        Expr n = p.rows();
        Expr yy = difference(multiply(n, p.product(0, 0)), multiply(p.sum(0), p.sum(0)));
        Expr xx = difference(multiply(n, p.product(1, 1)), multiply(p.sum(1), p.sum(1)));
        Expr xy = subtract(multiply(n, p.product(0, 1)), multiply(p.sum(0), p.sum(1)));
        BigDecimal fy = p.factor(0);
        BigDecimal fx = p.factor(1);
        Expr slope = divide(multiply(xy, number(fy)), multiply(xx, number(fx)));
        Expr meanY = add(divide(multiply(p.sum(0), number(fy)), n), number(p.constant(0)));
        Expr meanX = add(divide(multiply(p.sum(1), number(fx)), n), number(p.constant(1)));
        Expr r = multiply(
                divide(xy, sqrt(multiply(xx, yy))), number(BigDecimal.valueOf((long) fy.signum() * fx.signum())));
        return switch (function) {
            case "corr" -> r;
            case "regr_r2" -> multiply(r, r);
            case "regr_slope" -> slope;
            case "regr_intercept" -> subtract(meanY, multiply(slope, meanX));
            case "regr_avgx" -> meanX;
            case "regr_avgy" -> meanY;
            case "regr_count" -> n;
            case "covar_pop" -> divide(multiply(xy, number(fy.multiply(fx))), multiply(n, n));
            case "covar_samp" -> divide(multiply(xy, number(fy.multiply(fx))), multiply(n, subtract(n, one())));
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s is not available over data about people".formatted(function),
                        "corr, covar_pop, covar_samp, regr_slope, regr_intercept, regr_r2, regr_count, regr_avgx and regr_avgy are.");
        };
    }

    private Expr plain(Expr argument, Expr where) {
        List<Arms.Arm> split = arms.of(argument, where);
        if (split.size() != 1) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "a conditional inside a variance, a correlation or a regression",
                    "Choose the rows with WHERE or FILTER, and the column as it is.");
        }
        return split.getFirst().value();
    }

    /** Rounding can make it negative: then nothing can be said. */
    private static Expr difference(Expr a, Expr b) {
        Expr difference = subtract(a, b);
        Expr whole = Expr.predicate(Op.GREATER_OR_EQUAL, difference, Expr.literal(BigDecimal.ZERO, SqlType.NUMERIC));
        return new Expr.Case(
                List.of(new Expr.When(whole, difference)), Expr.literal(null, SqlType.NUMERIC), SqlType.NUMERIC);
    }

    private static Expr one() {
        return number(BigDecimal.ONE);
    }

    private static Expr number(BigDecimal value) {
        return Expr.literal(value, SqlType.NUMERIC);
    }

    private static Expr add(Expr a, Expr b) {
        return Expr.call(Op.ADD, SqlType.NUMERIC, a, b);
    }

    private static Expr subtract(Expr a, Expr b) {
        return Expr.call(Op.SUBTRACT, SqlType.NUMERIC, a, b);
    }

    private static Expr multiply(Expr a, Expr b) {
        return Expr.call(Op.MULTIPLY, SqlType.NUMERIC, a, b);
    }

    private static Expr divide(Expr a, Expr b) {
        return Expr.call(Op.DIVIDE, SqlType.NUMERIC, a, b);
    }

    private static Expr sqrt(Expr a) {
        return Expr.call(Op.SQUARE_ROOT, SqlType.NUMERIC, a);
    }
}
