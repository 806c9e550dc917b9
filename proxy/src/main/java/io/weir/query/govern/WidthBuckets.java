package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * {@code width_bucket} with constants: the bands that CASE would write out, ruled on as those. Refuses bounds of columns, too many bands, and
 * bands whose bounds no decimal number has. Pure.
 */
final class WidthBuckets {
    private static final int MOST = 100;

    private WidthBuckets() {}

    /** @param comparison makes a comparison as one that is written */
    static Expr of(List<Expr> arguments, BiFunction<Op, List<Expr>, Expr> comparison) {
        Expr value = arguments.get(0);
        List<Expr> constants = arguments.subList(1, 4);
        if (constants.stream().anyMatch(a -> !a.isCallerValue())) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "the bounds of width_bucket depend on a row",
                    "Write the lowest bound, the highest and the number of bands in the statement.");
        }
        if (constants.stream().anyMatch(a -> !a.isConstant())) {
            return new Expr.Case(
                    List.of(new Expr.When(
                            comparison.apply(Op.LESS, List.of(value, constants.getFirst())),
                            Expr.literal(0, SqlType.INT4))),
                    new Expr.Parameter(0, SqlType.INT4),
                    SqlType.INT4); // open until it is bound
        }
        if (constants.stream().anyMatch(a -> Evaluator.constant(a) == null)) {
            return Expr.literal(null, SqlType.INT4);
        }
        BigDecimal low = number(constants.get(0));
        BigDecimal high = number(constants.get(1));
        BigDecimal bands = number(constants.get(2));
        if (low.compareTo(high) == 0 || bands.signum() <= 0) {
            throw refuse(
                    ProblemCode.OUT_OF_RANGE,
                    "width_bucket has no bands",
                    "Its lowest and its highest bound must differ, and the number of bands must be more than none.");
        }
        if (bands.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw refuse(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "width_bucket has more than %d bands".formatted(MOST),
                    "Take wider bands.");
        }
        Growth.check(value, bands.intValueExact() + 2);
        return bands(value, low, width(low, high, bands), bands.intValueExact(), comparison);
    }

    private static BigDecimal number(Expr constant) {
        return (BigDecimal) Objects.requireNonNull(Evaluator.cast(Evaluator.constant(constant), SqlType.NUMERIC));
    }

    private static BigDecimal width(BigDecimal low, BigDecimal high, BigDecimal bands) {
        try {
            return high.subtract(low).divide(bands);
        } catch (ArithmeticException endless) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the bands of width_bucket do not divide the range evenly",
                    "Choose the range and the number of bands so that every bound is a number on the column's grid.");
        }
    }

    /** Bands include their lower bound; those that count downwards their upper one. */
    private static Expr bands(
            Expr value, BigDecimal low, BigDecimal width, int bands, BiFunction<Op, List<Expr>, Expr> comparison) {
        Op below = width.signum() > 0 ? Op.LESS : Op.GREATER;
        Op beyond = width.signum() > 0 ? Op.GREATER_OR_EQUAL : Op.LESS_OR_EQUAL;
        List<Expr.When> whens = new ArrayList<>();
        for (int band = 0; band <= bands; band++) {
            BigDecimal bound = low.add(width.multiply(BigDecimal.valueOf(band)));
            whens.add(new Expr.When(
                    comparison.apply(below, List.of(value, literal(bound))), Expr.literal(band, SqlType.INT4)));
        }
        BigDecimal last = low.add(width.multiply(BigDecimal.valueOf(bands)));
        whens.add(new Expr.When(
                comparison.apply(beyond, List.of(value, literal(last))), Expr.literal(bands + 1, SqlType.INT4)));
        return new Expr.Case(whens, Expr.literal(null, SqlType.INT4), SqlType.INT4);
    }

    private static Expr literal(BigDecimal bound) {
        return Expr.literal(bound, SqlType.NUMERIC);
    }
}
