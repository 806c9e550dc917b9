package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.DateFormat;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Locale;

/**
 * Dates as operands: their differences, their parts, and days added to them. Refuses days between the permitted ones, parts finer than the
 * grid, and ages of changed or coarsened dates.
 */
final class DateRules {
    private final Scope scope;
    private final ValueGrids grids;
    private final Bounds bounds;
    private final Exactness exactness;
    private final boolean rowLevel;

    DateRules(Scope scope, ValueGrids grids, Bounds bounds, Exactness exactness, boolean rowLevel) {
        this.scope = scope;
        this.grids = grids;
        this.bounds = bounds;
        this.exactness = exactness;
        this.rowLevel = rowLevel;
    }

    /** Two dates that were ruled on as values, or one and a constant. */
    void difference(Op op, Expr left, Expr right) {
        if (!left.isCallerValue() && !right.isCallerValue()) {
            exactness.require(left, right);
            return;
        }
        Expr own = left.isCallerValue() ? right : left;
        if (op != Op.AGE_IN_YEARS || own.isCallerValue() || rowLevel) {
            return;
        }
        // Ages at a given day are computed from the exact date.
        boolean exact = exactness.isPlain(own) && !Exactness.isShifted(own) && exactness.hasSourceValues(own);
        if (!exact && !scope.isReference(own)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "an age is computed from a changed or coarsened date",
                    "Use the date column of the table itself.");
        }
    }

    /** Constants in date differences lie on the grid of the column they are taken from. */
    void derivedDates(Expr expr) {
        expr.walk(e -> {
            if (e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                    && (op == Op.DAYS_BETWEEN || op == Op.AGE_IN_YEARS)) {
                for (int i = 0; i < 2; i++) {
                    if (a.get(i) instanceof Expr.Literal l
                            && l.value() != null
                            && !a.get(1 - i).isCallerValue()
                            && !bounds.isSnapshot(l.value())
                            && !scope.isReference(a.get(1 - i))) {
                        Grid grid = grids.grid(a.get(1 - i));
                        Grid dates = grid instanceof Grid.Dates ? grid : new Grid.Dates(DateUnit.YEAR);
                        String suggestion = bounds.suggestion(dates, l.value());
                        if (suggestion != null) {
                            throw refuse(
                                    ProblemCode.OFF_GRID,
                                    "the day in a date difference lies between the permitted ones",
                                    suggestion + " CURRENT_DATE (the day of the snapshot) is always permitted.");
                        }
                    }
                }
            }
        });
    }

    /** A part of a date that was ruled on as a value. */
    void notFiner(Expr date, DateUnit unit) {
        if (scope.isReference(date)) {
            return;
        }
        if (grids.grid(grids.strip(date)) instanceof Grid.Dates(DateUnit own) && unit.compareTo(own) < 0) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "%s is available by %s at the finest"
                            .formatted(
                                    scope.nameOf(grids.strip(date)), own.name().toLowerCase(Locale.ROOT)),
                    "Use date_trunc('%s', …) or a coarser unit."
                            .formatted(own.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** A date as a text: it tells every unit that the pattern names. */
    void text(Expr.Call text) {
        DateFormat format = DateTexts.format(text);
        Expr date = text.arguments().getFirst();
        if (format == null || scope.isReference(date)) {
            return; // without a pattern it is NULL, or not bound yet
        }
        DateTexts.units(format)
                .orElseThrow(() -> refuse(
                        ProblemCode.OFF_GRID,
                        "%s is shown with the time of the day".formatted(scope.nameOf(grids.strip(date))),
                        "Leave HH24, MI and SS out."))
                .forEach(unit -> notFiner(date, unit));
    }

    /** Days or an interval that are added to a date. */
    void bounded(Expr days) {
        if (days instanceof Expr.Literal l && l.value() instanceof Number n && Math.abs(n.longValue()) > 36_600) {
            throw refuse(ProblemCode.OFF_GRID, "more than a hundred years are added to a date");
        }
        if (days instanceof Expr.Literal l
                && l.value() instanceof PgInterval i
                && (Math.abs((long) i.months()) > 1_200
                        || Math.abs((long) i.days()) > 36_600
                        || i.micros() % 86_400_000_000L != 0)) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the interval is not a number of whole days, months or years within a century");
        }
    }
}
