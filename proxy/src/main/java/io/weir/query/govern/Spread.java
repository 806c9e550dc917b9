package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Variance, correlation and regression over people, from protected counts, sums and sums of products: nothing is told that those would not
 * tell. Each sum is judged by its own contributors, so that one person with leverage hides the figure. Refuses conditionals as arguments.
 *
 * <p>Rounding of the parts can make more than the whole of such a figure, since it is the small difference of two large numbers. Of n rows
 * the parts n, S = Σx and Q = Σx² are each known to half a step: n to a, S to b and Q to c. The spread D = nQ − S², which is n² times the
 * variance, is then known to
 *
 * <pre>nc + Qa + ac + 2|S|b + b²</pre>
 *
 * <p>whose first term with a is, for the variance, base/2 · (mean² + variance) / n; that n² in the divisor is rounded too takes from that
 * term and adds none. D of two values x and y, nΣxy − ΣxΣy, is known to the like of it. A figure is hidden unless this is at most a tenth of
 * D, for each of the values; for what is made of two also unless it is at most a tenth of √(Dx·Dy), and a correlation beyond one is hidden.
 * An intercept is hidden, too, when the error of the slope moves it by more than a tenth of the standard deviation of y.
 */
final class Spread {
    private static final Hidden TOO_ROUGH = new Hidden(Set.of("rounding"));

    private static final Expr TEN = Expr.literal(BigDecimal.TEN, SqlType.NUMERIC);

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
        Part squares = part(x, 0, 0);
        boolean population = function.endsWith("_pop");
        Expr rows = population ? x.rows() : subtract(x.rows(), one());
        Expr variance = divide(squares.value(), multiply(x.rows(), rows));
        Expr scaled = multiply(variance, number(x.factor(0).pow(2)));
        return shown(x, List.of(isFine(squares)), function.startsWith("stddev") ? sqrt(scaled) : scaled);
    }

    /** @param y the first argument: what is explained */
    Expr ofTwo(String function, Expr y, Expr x, Expr where) {
        Sums.Products p = sums.products(List.of(plain(y, where), plain(x, where)), where);
        Expr n = p.rows();
        Part yy = part(p, 0, 0);
        Part xx = part(p, 1, 1);
        Part xy = part(p, 0, 1);
        BigDecimal fy = p.factor(0);
        BigDecimal fx = p.factor(1);
        Expr slope = divide(multiply(xy.value(), number(fy)), multiply(xx.value(), number(fx)));
        Expr meanY = add(divide(multiply(p.sum(0), number(fy)), n), number(p.constant(0)));
        Expr meanX = add(divide(multiply(p.sum(1), number(fx)), n), number(p.constant(1)));
        Expr scale = sqrt(multiply(xx.value(), yy.value()));
        Expr r = multiply(divide(xy.value(), scale), number(BigDecimal.valueOf((long) fy.signum() * fx.signum())));
        List<Expr> fine = List.of(
                isFine(yy), isFine(xx), atMost(multiply(TEN, xy.error()), scale), atMost(absolute(xy.value()), scale));
        return switch (function) {
            case "corr" -> shown(p, fine, r);
            case "regr_r2" -> shown(p, fine, multiply(r, r));
            case "regr_slope" -> shown(p, fine, slope);
            case "regr_intercept" -> {
                Expr plainSlope = divide(xy.value(), xx.value());
                Expr slopeError = divide(add(xy.error(), multiply(absolute(plainSlope), xx.error())), xx.value());
                Expr sumX = add(p.sum(1), multiply(n, number(p.constant(1).divide(fx, MathContext.DECIMAL64))));
                List<Expr> all = new ArrayList<>(fine);
                all.add(atMost(multiply(TEN, multiply(slopeError, absolute(sumX))), sqrt(yy.value())));
                yield shown(p, all, subtract(meanY, multiply(slope, meanX)));
            }
            case "regr_avgx" -> meanX;
            case "regr_avgy" -> meanY;
            case "regr_count" -> n;
            case "regr_sxx" -> shown(p, List.of(isFine(xx)), divide(multiply(xx.value(), number(fx.pow(2))), n));
            case "regr_syy" -> shown(p, List.of(isFine(yy)), divide(multiply(yy.value(), number(fy.pow(2))), n));
            case "regr_sxy" -> shown(p, fine, divide(multiply(xy.value(), number(fy.multiply(fx))), n));
            case "covar_pop" -> shown(p, fine, divide(multiply(xy.value(), number(fy.multiply(fx))), multiply(n, n)));
            case "covar_samp" ->
                shown(p, fine, divide(multiply(xy.value(), number(fy.multiply(fx))), multiply(n, subtract(n, one()))));
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s is not available over data about people".formatted(function),
                        "corr, covar_pop, covar_samp, regr_slope, regr_intercept, regr_r2, regr_count, regr_avgx, regr_avgy, regr_sxx, regr_sxy and regr_syy are.");
        };
    }

    /**
     * nΣxy − ΣxΣy of two values, or of one with itself.
     *
     * @param error how far rounding can have moved it
     */
    private record Part(Expr value, Expr error) {}

    private static Part part(Sums.Products p, int i, int j) {
        Expr n = p.rows();
        Expr product = p.product(i, j);
        Expr value = subtract(multiply(n, product), multiply(p.sum(i), p.sum(j)));
        BigDecimal a = p.halfOfRows();
        BigDecimal b = p.halfOfSum(i);
        BigDecimal d = p.halfOfSum(j);
        BigDecimal c = p.halfOfProduct(i, j);
        Expr error = number(a.multiply(c).add(b.multiply(d)));
        error = add(error, multiply(n, number(c)));
        error = add(error, multiply(absolute(product), number(a)));
        error = add(error, multiply(absolute(p.sum(i)), number(d)));
        error = add(error, multiply(absolute(p.sum(j)), number(b)));
        return new Part(value, error);
    }

    private static Expr isFine(Part part) {
        return Expr.and(List.of(
                atMost(multiply(TEN, part.error()), part.value()),
                Expr.predicate(Op.GREATER, part.value(), Expr.literal(BigDecimal.ZERO, SqlType.NUMERIC))));
    }

    private static Expr atMost(Expr a, Expr b) {
        return Expr.predicate(Op.LESS_OR_EQUAL, a, b);
    }

    /** The figure where all conditions hold; nothing where there is no row; else hidden. */
    private static Expr shown(Sums.Products p, List<Expr> conditions, Expr figure) {
        Expr none = Expr.predicate(Op.EQUAL, p.rows(), Expr.literal(0L, SqlType.INT8));
        return new Expr.Case(
                List.of(
                        new Expr.When(none, Expr.literal(null, SqlType.NUMERIC)),
                        new Expr.When(Expr.and(conditions), figure)),
                Expr.literal(TOO_ROUGH, SqlType.NUMERIC),
                SqlType.NUMERIC);
    }

    private Expr plain(Expr argument, Expr where) {
        return arms.single(argument, where, "a variance, a correlation or a regression");
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

    private static Expr absolute(Expr a) {
        return Expr.call(Op.ABSOLUTE, SqlType.NUMERIC, a);
    }

    private static Expr sqrt(Expr a) {
        return Expr.call(Op.SQUARE_ROOT, SqlType.NUMERIC, a);
    }
}
