package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * To which step a sum is rounded, so that one person's contribution is hidden in it. Refuses sums of columns for which the policy gives no
 * step, and of what has no typical size.
 */
final class SumSteps {
    /** Typical largest length of a stay in days, and of a life in years: steps of sums of date differences are base times these. */
    private static final int TYPICAL_DAYS = 20;

    private static final int TYPICAL_YEARS = 100;

    private final Scope scope;
    private final Rules rules;
    private final BigDecimal base;

    /** @param base step to which counts are rounded */
    SumSteps(Scope scope, Rules rules, BigDecimal base) {
        this.scope = scope;
        this.rules = rules;
        this.base = base;
    }

    /** @param term of a linear form */
    BigDecimal of(Expr term) {
        return atLeast(step(term));
    }

    private BigDecimal step(Expr value) {
        if (LinearForm.isYear(value)) {
            return step(value.operands().getFirst());
        }
        return switch (value) {
            case Expr.Column c -> {
                BigDecimal step = scope.info(c).roundingStep();
                if (step == null) {
                    throw refuse(
                            ProblemCode.AGGREGATE_USE,
                            "the policy gives no rounding step for sums of %s".formatted(c.name()),
                            "Sums, averages and percentiles are available on columns whose comment names a step; count by value instead.");
                }
                yield step;
            }
            case Expr.Cast c -> step(c.argument());
            case Expr.Call call ->
                switch (call.op()) {
                    case DAYS_BETWEEN -> atLeast(base.multiply(BigDecimal.valueOf(typicalDays(call))));
                    case AGE_IN_YEARS, YEAR_OF -> atLeast(base.multiply(BigDecimal.valueOf(TYPICAL_YEARS)));
                    case ADD, SUBTRACT ->
                        step(call.arguments().get(0)).add(step(call.arguments().get(1)));
                    case MULTIPLY ->
                        atLeast(step(call.arguments().get(0))
                                .multiply(step(call.arguments().get(1)))
                                .divide(base, 10, RoundingMode.UP));
                    case ABSOLUTE -> step(call.arguments().getFirst());
                    default ->
                        throw refuse(
                                ProblemCode.AGGREGATE_USE,
                                "%s cannot be summed over people"
                                        .formatted(call.op().name().toLowerCase(Locale.ROOT)),
                                "Sum a column, a product or difference of two columns, or a number of days or years.");
                };
            default -> throw refuse(ProblemCode.AGGREGATE_USE, "this argument cannot be summed over people");
        };
    }

    /** Days between two dates are those of a stay where dates are fine, and more where they are only known by month or year. */
    private int typicalDays(Expr.Call days) {
        int typical = TYPICAL_DAYS;
        for (Expr side : days.arguments()) {
            if (!side.isCallerValue() && rules.grid(side) instanceof Grid.Dates(DateUnit unit)) {
                typical = Math.max(
                        typical,
                        switch (unit) {
                            case DAY, WEEK -> TYPICAL_DAYS;
                            case MONTH, QUARTER -> 10 * TYPICAL_DAYS;
                            case YEAR -> 1_000 * TYPICAL_DAYS;
                        });
            }
        }
        return typical;
    }

    private static BigDecimal atLeast(BigDecimal value) {
        return OneTwoFive.atLeast(value);
    }
}
