package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Place;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles over people: means of neighbours' values around fixed places, shown where the number of values is shown. Factors and constants
 * are taken out of the argument, so that scaling cannot undo rounding. Refuses other places than those of {@link Place}, arguments that are no
 * numbers, and conditionals as arguments.
 */
final class Percentiles {
    private final Arms arms;
    private final Sums sums;

    Percentiles(Arms arms, Sums sums) {
        this.arms = arms;
        this.sums = sums;
    }

    /**
     * WITHIN GROUP (ORDER BY …).
     *
     * @param share a constant: how many of the values are to lie before the place
     */
    record Order(Expr argument, Expr share, boolean descending) {}

    static boolean measures(String function) {
        return function.equals("percentile_cont") || function.equals("percentile_disc");
    }

    Expr of(Order order, Expr where) {
        if (!order.argument().type().isNumber()) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "a percentile of what is no number",
                    "Take the percentile of a number, such as the days between two dates; for dates and codes ask count(*) by month or by code.");
        }
        Sums.Products x = sums.products(List.of(arms.single(order.argument(), where, "a percentile")), where);
        BigDecimal factor = x.factor(0);
        Place place = place(order.share());
        boolean fromAbove = order.descending() != factor.signum() < 0;
        Expr position = x.position(0, fromAbove ? place.mirrored() : place);
        Expr value = Expr.call(
                Op.ADD,
                SqlType.NUMERIC,
                Expr.call(Op.MULTIPLY, SqlType.NUMERIC, position, Expr.literal(factor, SqlType.NUMERIC)),
                Expr.literal(x.constant(0), SqlType.NUMERIC));
        // Reads the count first: where that is hidden, so is this.
        Expr none = Expr.predicate(Op.EQUAL, x.rows(), Expr.literal(0L, SqlType.INT8));
        return new Expr.Case(List.of(new Expr.When(none, Expr.literal(null, SqlType.NUMERIC))), value, SqlType.NUMERIC);
    }

    private static Place place(Expr share) {
        BigDecimal value = value(share);
        if (value == null || value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "the place of a percentile must be a number between 0 and 1",
                    "Write it into the statement, such as percentile_cont(0.5).");
        }
        return Place.at(value)
                .orElseThrow(() -> refuse(
                        ProblemCode.OFF_GRID,
                        "percentiles over people are available at 0.01, 0.05, 0.1, 0.15 and so on to 0.95, and 0.99",
                        "The nearest is %s."
                                .formatted(Place.nearest(value)
                                        .share()
                                        .stripTrailingZeros()
                                        .toPlainString())));
    }

    private static @Nullable BigDecimal value(Expr share) {
        if (!share.isConstant()) {
            return null;
        }
        Object value = Evaluator.cast(Evaluator.constant(share), SqlType.NUMERIC);
        return value instanceof BigDecimal number ? number : null;
    }
}
