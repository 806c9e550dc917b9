package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What may be done with columns below the boundary (design/query.md "From SQL to a ruling" 4). An allow-list over the registered
 * operators: predicates, values, and where comparisons may cut. Refuses by exception, caught at the stage's door.
 */
final class Rules {
    private final Scope scope;
    private final boolean rowLevel;
    private final CutZones zones;
    private final ColumnUse columns;
    private final Magnitudes magnitudes;
    private final ValueGrids grids;
    private final Bounds bounds;
    private final Comparisons comparisons;
    private final CodePrefixes codes;
    private final CastRules casts;
    private final DateRules dates;
    private final ShiftedValues shifted;

    /** @param rowLevel whether every scanned personal dataset is granted row_level, so that pseudonyms may be compared */
    Rules(Scope scope, Exactness exactness, CutZones zones, LocalDate snapshot, boolean rowLevel) {
        this.zones = zones;
        this.scope = scope;
        this.rowLevel = rowLevel;
        this.columns = new ColumnUse(scope);
        FixedDays fixed = new FixedDays(scope);
        this.magnitudes = new Magnitudes(scope, fixed);
        this.grids = new ValueGrids(scope, magnitudes, zones);
        this.bounds = new Bounds(scope, grids, magnitudes, zones, snapshot);
        this.comparisons = new Comparisons(scope, grids, bounds, exactness, magnitudes, rowLevel, this::value);
        this.codes = new CodePrefixes(scope, columns, grids);
        this.casts = new CastRules(scope);
        this.dates = new DateRules(scope, grids, bounds, exactness, fixed, rowLevel);
        this.shifted = new ShiftedValues(scope, grids, magnitudes, exactness);
    }

    /** A condition over rows of known units. */
    void predicate(Expr condition) {
        switch (condition) {
            case Expr.Literal l -> {}
            case Expr.Parameter p -> {}
            case Expr.Exists e -> columns.coarseningHolds(e.rel());
            case Expr.Scalar s ->
                throw refuse(
                        ProblemCode.SHAPE,
                        "a sub-query's aggregate is compared with rows about people",
                        "Ask for both aggregates in one SELECT and compare them there.");
            case Expr.Column c -> columns.use(c);
            case Expr.Window w -> throw windowed();
            case Expr.Cast c -> value(c);
            case Expr.AtZone at -> value(at);
            case Expr.Case c -> value(c);
            case Expr.Call call -> {
                List<Expr> a = call.arguments();
                switch (call.op()) {
                    case AND, OR, NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> a.forEach(this::predicate);
                    case IS_NULL, IS_NOT_NULL -> {
                        if (a.getFirst() instanceof Expr.Column c) {
                            columns.notText(c);
                        } else {
                            value(a.getFirst());
                        }
                    }
                    case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> {
                        if (!scope.isExactLink(call)) {
                            comparisons.check(call.op(), a.get(0), a.get(1), false);
                        }
                    }
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                        comparisons.check(call.op(), a.get(0), a.get(1), true);
                    case LIKE -> codes.like(a);
                    default -> value(call);
                }
            }
        }
    }

    /** A value that may be grouped by, counted distinct, computed with. */
    void value(Expr expr) {
        switch (expr) {
            case Expr.Column c -> columns.use(c);
            case Expr.Literal l -> {}
            case Expr.Parameter p -> {}
            case Expr.Exists e -> columns.coarseningHolds(e.rel());
            case Expr.Scalar s -> predicate(s);
            case Expr.Window w -> throw windowed();
            case Expr.Cast c -> cast(c);
            case Expr.AtZone at -> {
                if (!isDate(at.argument()) && !at.isCallerValue() && !scope.isReference(at)) {
                    zones.require(at);
                }
                value(at.argument());
            }
            case Expr.Case c -> {
                c.whens().forEach(w -> {
                    predicate(w.condition());
                    value(w.value());
                });
                value(c.otherwise());
            }
            case Expr.Call call -> call(call);
        }
    }

    private static RuntimeException windowed() {
        throw new IllegalStateException("a window function outside its derived table");
    }

    /** The midnight of a date says no more than the date, in whatever zone; everything else is cut into other days by another zone. */
    private static boolean isDate(Expr local) {
        boolean[] moment = {false};
        local.walk(e -> moment[0] |= e.type() == SqlType.TIMESTAMPTZ);
        return !moment[0] && Beginnings.isMidnight(local);
    }

    private void cast(Expr.Cast cast) {
        casts.check(cast);
        if (cast.argument().type() == SqlType.BOOL) {
            predicate(cast.argument());
        } else {
            value(cast.argument());
        }
    }

    private void call(Expr.Call call) {
        List<Expr> a = call.arguments();
        switch (call.op()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> predicate(call);
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, AND, OR, NOT, LIKE -> predicate(call);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> predicate(call);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABSOLUTE -> a.forEach(this::value);
            case COALESCE, UPPER, LOWER -> a.forEach(this::value);
            case NULLIF -> {
                comparisons.check(Op.EQUAL, a.get(0), a.get(1), false);
                if (!rowLevel && !a.get(1).isCallerValue() && (scope.isCoarse(a.get(0)) || scope.isCoarse(a.get(1)))) {
                    throw refuse(
                            ProblemCode.COMPARISON,
                            "NULLIF compares a coarsened column",
                            "Write CASE WHEN a = b THEN NULL ELSE a END.");
                }
                value(a.get(0));
            }
            case GREATEST, LEAST -> {
                if (a.stream().anyMatch(Expr::isCallerValue)) {
                    throw cut("GREATEST and LEAST with a constant");
                }
                a.forEach(this::value);
                magnitudes.comparable(a);
                dates.chosen(a);
            }
            case DAYS_BETWEEN, AGE_IN_YEARS -> {
                a.stream().filter(x -> !x.isCallerValue()).forEach(this::value);
                dates.difference(call.op(), a.get(0), a.get(1));
            }
            case ADD_DAYS, ADD_INTERVAL -> {
                if (!a.get(1).isCallerValue()) {
                    throw refuse(ProblemCode.FUNCTION_USE, "only a constant number of days can be added to a date");
                }
                dates.bounded(a.get(1));
                value(a.get(0));
            }
            case YEAR_OF, TRUNCATE_YEAR -> part(a.getFirst(), DateUnit.YEAR);
            case QUARTER_OF, TRUNCATE_QUARTER -> part(a.getFirst(), DateUnit.QUARTER);
            case MONTH_OF, TRUNCATE_MONTH -> part(a.getFirst(), DateUnit.MONTH);
            case ISO_WEEK_OF, TRUNCATE_WEEK -> part(a.getFirst(), DateUnit.WEEK);
            case DAY_OF_MONTH, TRUNCATE_DAY -> part(a.getFirst(), DateUnit.DAY);
            case DAY_OF_WEEK, ISO_DAY_OF_WEEK -> {
                value(a.getFirst());
                dates.weekday(a.getFirst());
            }
            case HOUR_OF -> {
                value(a.getFirst());
                dates.hour(a.getFirst());
            }
            case LEFT -> {
                value(a.getFirst());
                codes.cut(a);
            }
            case INTEGER_DIVIDE, MODULO, FLOOR, CEILING, ROUND -> {
                a.forEach(this::value);
                if (!scope.isReference(call) && !isWhole(call)) {
                    throw magnitudes.isOfDaysSince(call)
                            ? ofDays(call.op())
                            : cut(call.op() + " on a value about a person");
                }
            }
            case SQUARE_ROOT, LOGARITHM, EXPONENTIAL -> {
                a.forEach(this::value);
                if (!scope.isReference(call)) {
                    throw refuse(
                            ProblemCode.FUNCTION_USE,
                            "%s of a value about a person"
                                    .formatted(call.op().name().toLowerCase(java.util.Locale.ROOT)),
                            "Its sums have no rounding step: aggregate first and calculate with the result, ln(avg(x)), or count by bands of the column.");
                }
            }
            // As a key it groups like its parts; as a text it has no order and no prefixes.
            case CONCAT -> {
                a.forEach(this::value);
                a.forEach(dates::written);
            }
            case DATE_TEXT -> {
                value(a.getFirst());
                dates.text(call);
            }
            case NUMBER_TEXT -> {
                if (!scope.isReference(call)) {
                    throw refuse(
                            ProblemCode.FUNCTION_USE,
                            "a number about a person is written as a text",
                            "Group by the number itself; to_char takes what an aggregate gives.");
                }
                value(a.getFirst());
            }
            case LENGTH,
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
                    POSITION,
                    REVERSE,
                    REPEAT,
                    TRANSLATE -> {
                a.forEach(this::value);
                if (!scope.isReference(call)) {
                    throw refuse(
                            ProblemCode.FUNCTION_USE,
                            "%s cannot be applied to data about people"
                                    .formatted(call.op().name().toLowerCase(java.util.Locale.ROOT)),
                            "Group by the column itself; functions of texts are for reference data, results, and columns whose values the policy lists.");
                }
            }
            case ADD_PARTS -> throw new IllegalStateException("parts are added above the boundary");
        }
    }

    /**
     * Whole numbers, and what is calculated from one with constants: every bound between two of them lies on their grid, so that any bands
     * may be made of them.
     */
    private boolean isWhole(Expr expr) {
        return switch (expr) {
            case Expr.Literal l -> true;
            case Expr.Parameter p -> true;
            case Expr.Column c -> c.type().isInteger() && isOnWholeGrid(c);
            case Expr.Cast c -> !c.cuts() && c.type().isNumber() && isWhole(c.argument());
            case Expr.Call call ->
                switch (call.op()) {
                    case ADD, SUBTRACT -> call.arguments().stream().allMatch(this::isWhole);
                    case MULTIPLY, DIVIDE, INTEGER_DIVIDE, MODULO, NEGATE, FLOOR, CEILING, ROUND ->
                        call.arguments().stream().allMatch(this::isWhole)
                                && call.arguments().stream()
                                                .filter(x -> !x.isCallerValue())
                                                .count()
                                        <= 1;
                    // Days between dates, ages and parts of dates.
                    default -> isOnWholeGrid(call);
                };
            default -> false;
        };
    }

    private boolean isOnWholeGrid(Expr expr) {
        return grids.grid(expr) instanceof Grid.Step(BigDecimal step) && step.compareTo(BigDecimal.ONE) == 0;
    }

    private void part(Expr date, DateUnit unit) {
        value(date);
        dates.notFiner(date, unit);
    }

    private static RuntimeException cut(String what) {
        return refuse(
                ProblemCode.FUNCTION_USE,
                what + " makes ranges that are not on the column's grid",
                "Write the bands with CASE WHEN column < bound, with bounds on the grid.");
    }

    private static RuntimeException ofDays(Op op) {
        return refuse(
                ProblemCode.OFF_GRID,
                op + " on days since a day that is the same for many makes ranges that are not on the date's grid",
                "Use date_trunc or extract(year FROM age(a, b)), or bands by CASE WHEN date < bound.");
    }

    /** That a value is there, as a condition: always() where it always is. */
    Expr present(Expr value) {
        return new Presence(scope).of(value);
    }

    /** Whether the smallest and the largest of these values of a person are there whenever the person has a row. */
    boolean isCertainExtreme(Expr value) {
        return new Presence(scope).isCertainExtreme(value);
    }

    /** Constants in date differences lie on the grid of the column they are taken from. */
    void derivedDates(Expr expr) {
        dates.derivedDates(expr);
    }

    /** A value that is compared or summed further up carries no constant of the caller. */
    void unshifted(Expr value) {
        shifted.check(value);
    }

    /** A column of reference data does not undo the coarsening of the column that leads to it. */
    void coarseningHolds(Expr.Column column) {
        columns.coarseningHolds(column);
    }

    /** Values that rows of one person are put in order by, which were ruled on as values. */
    void ordered(Expr by) {
        magnitudes.ordered(by);
    }

    /** The same comparison with its bound on the grid, where one says the same. */
    Expr onGrid(Expr.Call comparison) {
        boolean below = comparison.arguments().stream().allMatch(a -> scope.knows(a) && !scope.readsAbove(a));
        return bounds.onGrid(below ? MovedBounds.moved(comparison) : comparison);
    }

    /** Grid of a column or derived attribute. */
    Grid grid(Expr expr) {
        return grids.grid(expr);
    }

    /** With which other numbers a value may be compared. */
    Magnitude magnitude(Expr expr) {
        return magnitudes.of(expr);
    }

    /** What is known of a value that a derived table computes. */
    ColumnInfo describe(Expr expr) {
        return grids.describe(expr);
    }
}
