package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.List;

/**
 * Which values are compared and subtracted as they lie in the source, and which as analysts see them. Refuses sides of a comparison that
 * could be neither.
 */
final class Exactness {
    private final Scope scope;
    private final FixedDays fixed;
    private final boolean rowLevel;

    /** @param rowLevel whether nothing is compared exactly, as the asker sees rows */
    Exactness(Scope scope, boolean rowLevel) {
        this.scope = scope;
        this.fixed = new FixedDays(scope);
        this.rowLevel = rowLevel;
    }

    /**
     * Derived attributes are computed on source values: differences of dates of one subject, whole years of age, and comparisons between
     * its columns. With a constant or a reference on the other side only the coarsened value is compared, since that side could be any day.
     */
    boolean usesSourceValues(Expr.Call call) {
        return switch (call.op()) {
            case AGE_IN_YEARS -> true;
            case DAYS_BETWEEN -> vary(call.arguments());
            // Granted of coarsened columns: ruled on by DateRules, which refuses all other parts that are finer than
            // the column.
            case DAY_OF_WEEK, ISO_DAY_OF_WEEK, HOUR_OF ->
                DateRules.column(call.arguments().getFirst())
                        .filter(c -> !scope.isProtected(c) && scope.info(c).coarse())
                        .isPresent();
            case EQUAL,
                    NOT_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL -> scope.isExactLink(call) || vary(call.arguments());
            default -> false;
        };
    }

    /** Whether no side is the same for many people: a constant, reference data, or a conditional that may hide one. */
    private boolean vary(List<Expr> sides) {
        return sides.stream().allMatch(side -> isPlain(side) && !scope.isReference(side));
    }

    /**
     * Two sides about one subject are compared and subtracted exactly, or not at all: a coarsened value beside an exact one would be a wrong
     * answer without a sign.
     */
    void require(Expr left, Expr right) {
        requireWholeUnits(List.of(left, right));
        if (rowLevel || !scope.isCoarse(left) && !scope.isCoarse(right)) {
            return;
        }
        boolean exact = vary(List.of(left, right)) && hasSourceValues(left) && hasSourceValues(right);
        if (!exact) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "%s is coarsened and cannot be compared exactly here"
                            .formatted(scope.nameOf(scope.isCoarse(left) ? left : right)),
                    "Compare the columns of the tables themselves, without CASE or COALESCE, and not the results of a sub-query.");
        }
    }

    /**
     * A day beside the beginning of its own month, or what is counted from there, is the day of the month: where the grid is coarser than days,
     * all of them are beginnings or none is.
     */
    void requireWholeUnits(List<Expr> dates) {
        if (rowLevel || dates.stream().noneMatch(this::hasBeginning)) {
            return;
        }
        for (Expr date : dates) {
            if (!isBeginning(date) && Scope.columnsOf(date).stream().anyMatch(this::isCoarserThanDays)) {
                throw refuse(
                        ProblemCode.OFF_GRID,
                        "%s is put beside the beginning of a unit".formatted(scope.nameOf(date)),
                        "Truncate both sides with date_trunc, or compare the columns themselves.");
            }
        }
    }

    /** Nor does a date that is coarser than days stand beside one of reference data: the caller names its row, and so the bound. */
    void requireNonePublic(List<Expr> dates) {
        if (rowLevel || dates.stream().noneMatch(fixed::isPublicDay)) {
            return;
        }
        for (Expr date : dates) {
            if (fixed.tellsDay(date)) {
                throw refuse(
                        ProblemCode.COMPARISON,
                        "%s is put beside a date of reference data, which could be any day"
                                .formatted(scope.nameOf(date)),
                        "Truncate it with date_trunc to the unit in which it is available, or write the day.");
            }
        }
    }

    private boolean hasBeginning(Expr date) {
        boolean[] found = {false};
        date.walk(e -> found[0] |= e instanceof Expr.Call call
                && call.op().isTruncation()
                && Scope.columnsOf(call).stream().anyMatch(this::isCoarserThanDays));
        return found[0];
    }

    private boolean isCoarserThanDays(Expr.Column column) {
        return !scope.isProtected(column)
                && !scope.info(column).reference()
                && scope.info(column).grid() instanceof Grid.Dates(DateUnit unit)
                && unit.compareTo(DateUnit.DAY) > 0;
    }

    private static boolean isBeginning(Expr date) {
        return switch (date) {
            case Expr.Cast cast -> isBeginning(cast.argument());
            case Expr.AtZone at -> isBeginning(at.argument());
            case Expr.Call call ->
                call.op().isTruncation()
                        || (call.op() == Op.ADD_DAYS || call.op() == Op.ADD_INTERVAL)
                                && isBeginning(call.arguments().getFirst());
            default -> date.isCallerValue();
        };
    }

    /** Whether the source has what is coarsened in it: columns that a sub-query computed from coarsened ones have no exact value any more. */
    boolean hasSourceValues(Expr expr) {
        return Scope.columnsOf(expr).stream().allMatch(c -> !scope.info(c).coarse() || scope.scan(c.alias()) != null);
    }

    /**
     * Whether a side of a comparison can only be what the records of one subject say, shifted at most by whole days: no branch that holds a
     * constant, no constant in the arithmetic.
     */
    boolean isPlain(Expr expr) {
        return switch (expr) {
            case Expr.Column c -> true;
            case Expr.Cast c -> !c.cuts() && isPlain(c.argument());
            case Expr.AtZone at -> isPlain(at.argument()); // the zone is ruled on as part of the value
            case Expr.Call call
            when call.op().isPartOfDate() || call.op().isTruncation() ->
                isPlain(call.arguments().getFirst());
            case Expr.Call(Op op, List<Expr> a, SqlType t) ->
                switch (op) {
                    case ADD_DAYS, ADD_INTERVAL -> isPlain(a.get(0)) && a.get(1).isCallerValue();
                    case ADD, SUBTRACT, MULTIPLY, NEGATE, ABSOLUTE, DAYS_BETWEEN, AGE_IN_YEARS ->
                        a.stream().allMatch(x -> isPlain(x) && !isShifted(x));
                    default -> false;
                };
            default -> false;
        };
    }

    /** Whether a constant number of days is added to a date in it. */
    static boolean isShifted(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |=
                e instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && (op == Op.ADD_DAYS || op == Op.ADD_INTERVAL));
        return found[0];
    }
}
