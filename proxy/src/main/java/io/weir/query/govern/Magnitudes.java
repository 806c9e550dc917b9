package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers that a caller can make to be any constant, and quantities whose bounds lie on a grid. A count of one, a flag, a decile that
 * {@code WHERE} fixes, a public number: added and multiplied they are every whole number, without a literal in the statement. Compared with
 * a cost they would be a bound off its grid. So the two are not compared with each other, and quantities are not calculated with before a
 * comparison, except for one difference or sum of two columns. Whole numbers among themselves are free: all their bounds are on the grid.
 */
final class Magnitudes {
    private final Scope scope;
    private final FixedDays fixed;

    Magnitudes(Scope scope, FixedDays fixed) {
        this.scope = scope;
        this.fixed = fixed;
    }

    /** The magnitude of a column of a dataset. */
    static Magnitude of(Grid grid, boolean reference) {
        boolean whole = grid instanceof Grid.Step(BigDecimal step) && step.compareTo(BigDecimal.ONE) == 0;
        return reference || whole ? Magnitude.COUNT : Magnitude.QUANTITY;
    }

    Magnitude of(Expr expr) {
        return switch (expr) {
            case Expr.Literal l -> Magnitude.COUNT;
            case Expr.Parameter p -> Magnitude.COUNT;
            case Expr.Exists e -> Magnitude.COUNT;
            case Expr.Scalar s -> Magnitude.COUNT;
            case Expr.Window w ->
                w.counts() ? Magnitude.COUNT : of(w.arguments().getFirst());
            case Expr.Column c -> scope.info(c).magnitude();
            case Expr.Cast c -> of(c.argument());
            case Expr.AtZone at -> Magnitude.QUANTITY; // no number
            case Expr.Case c ->
                ofAny(Stream.concat(c.whens().stream().map(Expr.When::value), Stream.of(c.otherwise()))
                        .toList());
            case Expr.Call call -> ofCall(call);
        };
    }

    private Magnitude ofCall(Expr.Call call) {
        List<Expr> a = call.arguments();
        return switch (call.op()) {
            case SQUARE_ROOT, LOGARITHM, EXPONENTIAL -> Magnitude.CALCULATED;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, ADD_PARTS ->
                a.stream().allMatch(x -> of(x).equals(Magnitude.COUNT)) ? Magnitude.COUNT : Magnitude.CALCULATED;
            case NEGATE, ABSOLUTE, FLOOR, CEILING, ROUND, INTEGER_DIVIDE, MODULO -> calculated(of(a.getFirst()));
            case COALESCE, NULLIF, GREATEST, LEAST -> ofAny(a);
            case DAYS_BETWEEN -> fixed.between(a.get(0), a.get(1));
            case AGE_IN_YEARS,
                    YEAR_OF,
                    QUARTER_OF,
                    MONTH_OF,
                    ISO_WEEK_OF,
                    DAY_OF_WEEK,
                    ISO_DAY_OF_WEEK,
                    DAY_OF_MONTH,
                    HOUR_OF,
                    LENGTH,
                    POSITION -> Magnitude.COUNT;
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM,
                    AND,
                    OR,
                    NOT,
                    LIKE,
                    IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE -> Magnitude.COUNT;
            case ADD_DAYS,
                    ADD_INTERVAL,
                    TRUNCATE_YEAR,
                    TRUNCATE_QUARTER,
                    TRUNCATE_MONTH,
                    TRUNCATE_WEEK,
                    TRUNCATE_DAY,
                    LEFT,
                    UPPER,
                    LOWER,
                    DATE_TEXT,
                    INITIALS,
                    REPLACE,
                    RIGHT,
                    SPLIT_PART,
                    PAD_LEFT,
                    PAD_RIGHT,
                    TRIM_BOTH,
                    TRIM_LEFT,
                    TRIM_RIGHT,
                    SUBSTRING,
                    REVERSE,
                    REPEAT,
                    TRANSLATE,
                    NUMBER_TEXT,
                    CONCAT -> Magnitude.QUANTITY; // no number
        };
    }

    /** What becomes of a number that is changed or added up: days since a day are a date by another name no more. */
    static Magnitude calculated(Magnitude of) {
        return of instanceof Magnitude.Since ? Magnitude.CALCULATED : of;
    }

    /** One of them; constants among them are flags, which {@link ShiftedValues} sees to. */
    private Magnitude ofAny(List<Expr> options) {
        Set<Magnitude> found =
                options.stream().filter(o -> !o.isCallerValue()).map(this::of).collect(Collectors.toSet());
        return switch (found.size()) {
            case 0 -> Magnitude.COUNT;
            case 1 -> found.iterator().next();
            default -> Magnitude.CALCULATED;
        };
    }

    /** Sides of a comparison, of which at most one is a value of the caller. */
    void comparable(Expr left, Expr right) {
        if (!left.isCallerValue() && !right.isCallerValue() && (isSince(left) || isSince(right))) {
            throw sinceBeside(left, right);
        }
        if (!left.type().isNumber() || !right.type().isNumber()) {
            return;
        }
        for (Expr side : List.of(left, right)) {
            if (!side.isCallerValue() && ofSide(side).equals(Magnitude.CALCULATED)) {
                throw refuse(
                        ProblemCode.COMPARISON,
                        "a calculated number is compared",
                        "Compare the columns themselves, or one difference of two of them.");
            }
        }
        if (!left.isCallerValue() && !right.isCallerValue() && !ofSide(left).equals(ofSide(right))) {
            throw mixed(left, right);
        }
    }

    /** Values of which the largest or smallest is taken. */
    void comparable(List<Expr> options) {
        if (!options.stream().allMatch(o -> o.type().isNumber())) {
            return;
        }
        boolean calculated = ofAny(options).equals(Magnitude.CALCULATED);
        if (calculated && options.stream().anyMatch(this::isSince)) {
            throw sinceBeside(options.getFirst(), options.getLast());
        }
        if (calculated) {
            throw mixed(options.getFirst(), options.getLast());
        }
    }

    /** What rows of one person are put in order by: not by how near they are to what the caller likes. */
    void ordered(Expr by) {
        by.walk(e -> {
            if (e instanceof Expr.Call call
                    && isArithmetic(call.op())
                    && !scope.isReference(call)
                    && !of(call).equals(Magnitude.COUNT)
                    && call.arguments().stream().anyMatch(a -> a.isCallerValue() || isSince(a))) {
                throw refuse(
                        ProblemCode.COMPARISON,
                        "rows of a person are put in order by a value that is changed by a constant (%s)"
                                .formatted(scope.nameOf(call)),
                        "Write ORDER BY the column itself.");
            }
        });
    }

    private static boolean isArithmetic(Op op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, ABSOLUTE -> true;
            default -> false;
        };
    }

    /** Whether days since a day that is the same for many are in it. */
    boolean isOfDaysSince(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |= isSince(e));
        return found[0];
    }

    boolean isSince(Expr expr) {
        return of(expr) instanceof Magnitude.Since;
    }

    private RuntimeException sinceBeside(Expr left, Expr right) {
        return refuse(
                ProblemCode.COMPARISON,
                "days since a day that is the same for many are compared with another column (%s, %s)"
                        .formatted(scope.nameOf(left), scope.nameOf(right)),
                "Compare the dates themselves, or the days between two dates of the same person.");
    }

    private RuntimeException mixed(Expr left, Expr right) {
        return refuse(
                ProblemCode.COMPARISON,
                "a measured number is compared with a count, a flag, a whole number or reference data (%s, %s)"
                        .formatted(scope.nameOf(left), scope.nameOf(right)),
                "Compare it with a bound on its grid, or with another measured column of the same person.");
    }

    private Magnitude ofSide(Expr side) {
        return switch (side) {
            case Expr.Cast c -> ofSide(c.argument());
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when op == Op.NEGATE || op == Op.ABSOLUTE -> calculated(ofSide(a.getFirst()));
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when (op == Op.ADD || op == Op.SUBTRACT) && a.stream().allMatch(this::isMeasuredColumn) ->
                Magnitude.QUANTITY;
            default -> of(side);
        };
    }

    private boolean isMeasuredColumn(Expr expr) {
        return switch (expr) {
            case Expr.Cast c -> isMeasuredColumn(c.argument());
            case Expr.Column c -> scope.info(c).magnitude().equals(Magnitude.QUANTITY);
            default -> false;
        };
    }
}
