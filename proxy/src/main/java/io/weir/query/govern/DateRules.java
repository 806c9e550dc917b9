package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Column;
import io.weir.policy.DatePart;
import io.weir.policy.DateUnit;
import io.weir.policy.Generalisation;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.DateFormat;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates as operands: their differences, their parts, and days added to them. Refuses days between the permitted ones, parts finer than the
 * grid, and ages of changed or coarsened dates.
 */
final class DateRules {
    private final Scope scope;
    private final ValueGrids grids;
    private final Bounds bounds;
    private final Exactness exactness;
    private final FixedDays fixed;
    private final boolean rowLevel;

    DateRules(Scope scope, ValueGrids grids, Bounds bounds, Exactness exactness, FixedDays fixed, boolean rowLevel) {
        this.scope = scope;
        this.grids = grids;
        this.bounds = bounds;
        this.exactness = exactness;
        this.fixed = fixed;
        this.rowLevel = rowLevel;
    }

    /** Two dates that were ruled on as values, or one and a constant. */
    void difference(Op op, Expr left, Expr right) {
        if (!left.isCallerValue() && !right.isCallerValue()) {
            exactness.require(left, right);
            if (op == Op.AGE_IN_YEARS && !rowLevel) {
                ageAt(left, right);
                ageAt(right, left);
            }
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

    /** An age at a day that may be the same for many: that day is on the grid of the other date, and neither is moved. */
    private void ageAt(Expr day, Expr own) {
        if (!fixed.isPossible(day) || !fixed.isCoarse(own)) {
            return;
        }
        if (fixed.isPublicDay(day) || Exactness.isShifted(day) || Exactness.isShifted(own)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "an age is computed from a changed date, or at a day of reference data",
                    "Use the date columns of the tables about people themselves, or CURRENT_DATE.");
        }
    }

    /** Dates one of which is chosen. */
    void chosen(List<Expr> dates) {
        exactness.requireWholeUnits(dates);
        exactness.requireNonePublic(dates);
    }

    /** A date as a part of a text, which equals another text as the day would. */
    void written(Expr part) {
        Expr value = grids.strip(part);
        while (value instanceof Expr.Cast cast) {
            value = cast.argument();
        }
        if (!rowLevel && (fixed.tellsDay(value) || bounds.isDays(value))) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "%s is made a part of a text".formatted(scope.nameOf(value)),
                    "Write to_char(…, 'YYYY-MM'), or a coarser pattern.");
        }
    }

    /** Constants in date differences lie on the grid of the column they are taken from. */
    void derivedDates(Expr expr) {
        expr.walk(e -> {
            if (e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                    && (op == Op.DAYS_BETWEEN || op == Op.AGE_IN_YEARS)) {
                for (int i = 0; i < 2; i++) {
                    Expr other = a.get(1 - i);
                    if (!scope.isReference(other)) {
                        // Of the days that one is chosen from, an age knows the bound; days between are ruled on where
                        // they are compared.
                        List<Expr> days = op == Op.AGE_IN_YEARS ? FixedDays.options(a.get(i)) : List.of(a.get(i));
                        days.forEach(day -> onGrid(op, day, other));
                    }
                }
            }
        });
    }

    private void onGrid(Op op, Expr day, Expr other) {
        if (!(day instanceof Expr.Literal l) || l.value() == null || bounds.isSnapshot(l.value())) {
            return;
        }
        DateUnit unit = fixed.unit(other);
        String suggestion = bounds.suggestion(new Grid.Dates(unit == null ? DateUnit.YEAR : unit), l.value());
        // A day some years after a Monday is no Monday.
        if (suggestion == null && op == Op.AGE_IN_YEARS && unit == DateUnit.WEEK) {
            suggestion = "Days of a week are on no grid after some years.";
        }
        if (suggestion != null) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the day in a date difference lies between the permitted ones",
                    suggestion + " CURRENT_DATE (the day of the snapshot) is always permitted.");
        }
    }

    /** A part of a date that was ruled on as a value. */
    void notFiner(Expr date, DateUnit unit) {
        notFiner(date, unit, false);
    }

    private void notFiner(Expr date, DateUnit unit, boolean weekday) {
        if (scope.isReference(date)) {
            return;
        }
        Expr value = grids.strip(date);
        if (grids.grid(value) instanceof Grid.Dates(DateUnit own) && unit.compareTo(own) < 0) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "%s is available by %s at the finest".formatted(scope.nameOf(value), word(own)),
                    "Use date_trunc('%s', …) or a coarser unit%s"
                            .formatted(
                                    word(own),
                                    weekday ? "; the policy may grant 'parts: [weekday]' of a column." : "."));
        }
        switch (value) {
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when op == Op.ADD_DAYS || op == Op.ADD_INTERVAL -> {
                if (isOfBeginning(a.get(0))) {
                    return; // the beginning of a unit was ruled on, and what is added is the same for all
                }
                notFiner(a.get(0), unit, weekday);
                notShifted(a.get(0), a.get(1));
            }
            case Expr.Call call when !call.op().isTruncation() -> notFinerOf(call, unit, weekday);
            case Expr.Case c -> notFinerOf(c, unit, weekday);
            // The day of a time tells its day.
            case Expr.Cast(Expr inner, SqlType target, int typmod, boolean cuts)
            when isDay(inner.type()) && isDay(target) -> notFiner(inner, unit, weekday);
            default -> {}
        }
    }

    /** What chooses one of several dates tells as much of each. */
    private void notFinerOf(Expr chosen, DateUnit unit, boolean weekday) {
        chosen.operands().stream()
                .filter(o -> !o.isCallerValue() && (isDay(o.type()) || o.type() == SqlType.TIMESTAMPTZ))
                .forEach(o -> notFiner(o, unit, weekday));
    }

    private boolean isOfBeginning(Expr date) {
        return grids.strip(date) instanceof Expr.Call call
                && (call.op().isTruncation()
                        || (call.op() == Op.ADD_DAYS || call.op() == Op.ADD_INTERVAL)
                                && isOfBeginning(call.arguments().getFirst()));
    }

    /** A part of a date that was moved inside its unit begins and ends between the permitted days. */
    private void notShifted(Expr date, Expr by) {
        DateUnit coarsest = DateUnit.DAY;
        for (Expr.Column c : Scope.columnsOf(date)) {
            if (!scope.info(c).reference()
                    && scope.info(c).grid() instanceof Grid.Dates(DateUnit own)
                    && own.compareTo(coarsest) > 0) {
                coarsest = own;
            }
        }
        if (!isMultiple(by, coarsest)) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "%s is moved by less than a %s before a part of it is taken"
                            .formatted(scope.nameOf(date), word(coarsest)),
                    "Move it by whole units, or take the part of the column itself.");
        }
    }

    private static boolean isMultiple(Expr written, DateUnit unit) {
        Expr by = Casts.fold(written);
        if (!(by instanceof Expr.Literal l)) {
            return !by.isConstant(); // open until it is bound
        }
        if (l.value() == null) {
            return true;
        }
        PgInterval shift = l.value() instanceof PgInterval i
                ? i
                : l.value() instanceof Number n ? new PgInterval(0, Math.toIntExact(n.longValue()), 0) : null;
        return shift != null
                && switch (unit) {
                    case DAY -> true;
                    case WEEK -> shift.months() == 0 && shift.days() % 7 == 0;
                    case MONTH -> shift.days() == 0;
                    case QUARTER -> shift.days() == 0 && shift.months() % 3 == 0;
                    case YEAR -> shift.days() == 0 && shift.months() % 12 == 0;
                };
    }

    private static String word(DateUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    /** The day of the week of a date that was ruled on as a value. */
    void weekday(Expr date) {
        if (!scope.isReference(date) && !isGranted(date, DatePart.WEEKDAY)) {
            notFiner(date, DateUnit.DAY, true);
        }
    }

    /** The hour of a time that was ruled on as a value: no grid is as fine, so it is told only where the policy says so. */
    void hour(Expr time) {
        if (!scope.isReference(time) && !isGranted(time, DatePart.HOUR)) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the hour of %s is not granted".formatted(scope.nameOf(time)),
                    "Use date_trunc('day', …) or a coarser unit, as far as the column has it; the policy may grant 'parts: [hour]' of a column.");
        }
    }

    /**
     * Whether the policy grants a part of exactly this column. Of the coarsened value it would be a part of another day, so that the column's
     * own value has to be at hand.
     */
    private boolean isGranted(Expr date, DatePart part) {
        return column(date)
                .filter(c -> {
                    Column base = scope.info(c).base();
                    return base != null
                            && base.parts().contains(part)
                            && (rowLevel
                                    ? base.rowView() instanceof Generalisation.None
                                    : exactness.hasSourceValues(c));
                })
                .isPresent();
    }

    /** The column of which a part is taken, when nothing is done to it but what keeps its days, and hours, as they are. */
    static Optional<Expr.Column> column(Expr date) {
        return switch (date) {
            case Expr.Column c -> Optional.of(c);
            case Expr.AtZone at -> column(at.argument()); // the zone is ruled on as part of the value
            case Expr.Cast(Expr inner, SqlType target, int typmod, boolean cuts)
            when !cuts && isDay(inner.type()) && isDay(target) -> column(inner);
            default -> Optional.empty();
        };
    }

    private static boolean isDay(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP;
    }

    /** A date as a text: it tells every unit that the pattern names. */
    void text(Expr.Call text) {
        DateFormat format = DateTexts.format(text);
        Expr date = text.arguments().getFirst();
        if (format == null || scope.isReference(date)) {
            return; // without a pattern it is NULL, or not bound yet
        }
        boolean coarse = !rowLevel && scope.isCoarse(date);
        for (DateFormat.Part part : format.parts()) {
            switch (part) {
                case YEAR, SHORT_YEAR -> notFiner(date, DateUnit.YEAR);
                case QUARTER -> notFiner(date, DateUnit.QUARTER);
                case MONTH, SHORT_MONTH, LONG_MONTH -> notFiner(date, DateUnit.MONTH);
                case ISO_YEAR, ISO_WEEK -> notFiner(date, DateUnit.WEEK);
                case DAY, DAY_OF_YEAR -> notFiner(date, DateUnit.DAY);
                case DAY_OF_WEEK, ISO_DAY_OF_WEEK, SHORT_DAY, LONG_DAY, HOUR -> {
                    if (coarse) {
                        throw refuse(
                                ProblemCode.OFF_GRID,
                                "%s is coarsened, and its text has no weekday and no hour"
                                        .formatted(scope.nameOf(date)),
                                "Use extract(dow FROM …) or extract(hour FROM …), where the policy grants 'parts'.");
                    }
                    if (part == DateFormat.Part.HOUR) {
                        hour(date);
                    } else {
                        weekday(date);
                    }
                }
                case MINUTE, SECOND ->
                    throw refuse(
                            ProblemCode.OFF_GRID,
                            "%s is shown with the time of the day".formatted(scope.nameOf(grids.strip(date))),
                            "Leave MI and SS out, and HH24 unless the policy grants the hour.");
                case LITERAL -> {}
            }
        }
    }

    /** Days or an interval that are added to a date. */
    void bounded(Expr written) {
        Expr days = Casts.fold(written);
        if (days instanceof Expr.Literal l && l.value() instanceof Number n && Math.abs(n.longValue()) > 36_600) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "more than a hundred years are added to a date",
                    "Add at most 36600 days, or an interval of at most 100 years.");
        }
        if (days instanceof Expr.Literal l
                && l.value() instanceof PgInterval i
                && (Math.abs((long) i.months()) > 1_200
                        || Math.abs((long) i.days()) > 36_600
                        || i.micros() % 86_400_000_000L != 0)) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the interval is not a number of whole days, months or years within a century",
                    "Write for example interval '30 days' or interval '6 months'.");
        }
    }
}
