package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a bound lies on the grid of what it bounds. Refuses those that lie between, with the next ones that do not. */
final class Bounds {
    private static final BigDecimal MOST_DAYS = BigDecimal.valueOf(1_500_000);

    private final Scope scope;
    private final ValueGrids grids;
    private final Magnitudes magnitudes;
    private final CutZones zones;
    private final LocalDate snapshot;

    Bounds(Scope scope, ValueGrids grids, Magnitudes magnitudes, CutZones zones, LocalDate snapshot) {
        this.magnitudes = magnitudes;
        this.zones = zones;
        this.scope = scope;
        this.grids = grids;
        this.snapshot = snapshot;
    }

    /**
     * @param own a column or derived attribute
     * @param bound what it is compared with
     * @param range whether its values are ordered by the comparison
     */
    void check(Expr own, Expr bound, boolean range) {
        if (magnitudes.of(own) instanceof Magnitude.Since since) {
            checkDays(own, since, bound);
            return;
        }
        Grid grid = grids.grid(own);
        boolean date =
                own.type() == SqlType.DATE || own.type() == SqlType.TIMESTAMP || own.type() == SqlType.TIMESTAMPTZ;
        boolean dateCut = grid instanceof Grid.Dates(DateUnit unit) && unit != DateUnit.DAY
                || date && grid instanceof Grid.NoRanges && !(own instanceof Expr.Column);
        if (!range && !dateCut) {
            return;
        }
        if (!(bound instanceof Expr.Literal literal)) {
            return; // an open parameter: ruled on when it is bound
        }
        Object value = literal.value();
        if (value == null || isSnapshot(value)) {
            return;
        }
        String suggestion = suggestion(grid, value);
        if (suggestion != null) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "a bound on %s lies between the permitted ones".formatted(scope.nameOf(own)),
                    suggestion);
        }
    }

    /** Whether it is a number of days since a day, and so a date by another name. */
    boolean isDays(Expr own) {
        return magnitudes.of(own) instanceof Magnitude.Since;
    }

    /** A number of days since a day bounds the date itself, and so does equality. */
    private void checkDays(Expr own, Magnitude.Since since, Expr bound) {
        Object value = bound instanceof Expr.Literal l ? l.value() : null;
        BigDecimal days = value == null ? null : number(value);
        DateUnit unit = since.unit();
        if (unit == null || value != null && days == null) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "days since a day that may be the same for many are compared with a value (%s)"
                            .formatted(scope.nameOf(own)),
                    "Compare the date itself with a day on its grid, and days between dates only of those who have both; whole years are extract(year FROM age(a, b)).");
        }
        LocalDate origin = since.day();
        if (days == null || origin == null || isBeyond(days)) {
            return; // an open parameter is ruled on when it is bound
        }
        LocalDate day = day(since, origin, days);
        if (isWhole(days) && isPermitted(day, unit)) {
            return;
        }
        LocalDate first = Grids.first(day, unit);
        LocalDate next = Grids.next(first, unit);
        throw refuse(
                ProblemCode.OFF_GRID,
                "a bound on %s lies between the permitted ones: %s days are date '%s'"
                        .formatted(scope.nameOf(own), days.toPlainString(), day),
                "The nearest permitted bounds are %d days, date '%s', and %d days, date '%s'.%s"
                        .formatted(
                                days(since, origin, first),
                                first,
                                days(since, origin, next),
                                next,
                                since.forward() ? "" : " Whole years are extract(year FROM age(a, b))."));
    }

    /** Null for what is no number, and for those that are not finite. */
    private static @Nullable BigDecimal number(@Nullable Object value) {
        boolean finite = value instanceof Number n && Double.isFinite(n.doubleValue());
        return finite ? new BigDecimal(String.valueOf(value)) : null;
    }

    /** Where no date lies. */
    private static boolean isBeyond(BigDecimal days) {
        return days.abs().compareTo(MOST_DAYS) > 0;
    }

    /** The day of a number of days, or of the next smaller one that is whole. */
    private static LocalDate day(Magnitude.Since since, LocalDate origin, BigDecimal days) {
        long whole = days.setScale(0, RoundingMode.FLOOR).longValueExact();
        return origin.plusDays(since.forward() ? whole : -whole);
    }

    private static long days(Magnitude.Since since, LocalDate origin, LocalDate day) {
        long later = ChronoUnit.DAYS.between(origin, day);
        return since.forward() ? later : -later;
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private boolean isPermitted(LocalDate day, DateUnit unit) {
        return isSnapshot(day) || Grids.suggestion(new Grid.Dates(unit), day) == null;
    }

    /**
     * A bound that takes a whole last day in, as the bound on the grid that says the same: {@code <= 31 December} is
     * {@code < 1 January}. Only for dates, which have nothing between one day and the next, and for whole numbers of days since a day.
     */
    Expr onGrid(Expr.Call given) {
        Expr.Call comparison = ofDays(given);
        Expr left = comparison.arguments().get(0);
        Expr right = comparison.arguments().get(1);
        boolean swapped = left instanceof Expr.Literal;
        Expr own = swapped ? right : left;
        if (!((swapped ? left : right) instanceof Expr.Literal bound) || !scope.knows(own)) {
            return comparison;
        }
        Expr ofDate = ofDate(comparison.op(), own, bound, swapped);
        if (ofDate != null) {
            return ofDate;
        }
        Expr next = own instanceof Expr.Column date ? next(date, bound) : null;
        boolean mirrored = swapped;
        if (next == null && magnitudes.of(own) instanceof Magnitude.Since since) {
            next = nextDays(own, since, bound);
            mirrored ^= !since.forward();
        }
        Op exclusive = switch (comparison.op()) {
            case LESS_OR_EQUAL -> mirrored ? null : Op.LESS;
            case GREATER -> mirrored ? null : Op.GREATER_OR_EQUAL;
            case LESS -> mirrored ? Op.LESS_OR_EQUAL : null;
            case GREATER_OR_EQUAL -> mirrored ? Op.GREATER : null;
            default -> null;
        };
        if (next == null || exclusive == null) {
            return comparison;
        }
        return Expr.predicate(exclusive, swapped ? next : own, swapped ? own : next);
    }

    /** Days since a day, compared with a number that is a bound on the grid, as the comparison of the date that says the same. */
    private @Nullable Expr ofDate(Op op, Expr own, Expr.Literal bound, boolean swapped) {
        if (!(own instanceof Expr.Call days)
                || !(magnitudes.of(days) instanceof Magnitude.Since since)
                || days.op() != Op.DAYS_BETWEEN) {
            return null;
        }
        Expr date = days.arguments().get(since.forward() ? 0 : 1);
        LocalDate origin = since.day();
        BigDecimal value = number(bound.value());
        if (origin == null
                || value == null
                || isBeyond(value)
                || !isWhole(value)
                || !(grids.grid(date) instanceof Grid.Dates(DateUnit unit))) {
            return null;
        }
        Expr day = Expr.literal(day(since, origin, value), SqlType.DATE);
        Op ofDates = since.forward() ? op : Moments.mirrored(op);
        Expr compared = onGrid((Expr.Call) Expr.predicate(ofDates, swapped ? day : date, swapped ? date : day));
        return compared.operands().get(swapped ? 0 : 1) instanceof Expr.Literal l
                        && l.value() instanceof LocalDate at
                        && isPermitted(at, unit)
                ? compared
                : null;
    }

    /** The next day, where it is on the grid and the bound is not. */
    private @Nullable Expr next(Expr.Column own, Expr.Literal bound) {
        return own.type() == SqlType.DATE
                        && bound.value() instanceof LocalDate day
                        && !scope.info(own).reference()
                        && scope.info(own).grid() instanceof Grid.Dates(DateUnit unit)
                        && !isPermitted(day, unit)
                        && Grids.suggestion(new Grid.Dates(unit), day.plusDays(1)) == null
                ? Expr.literal(day.plusDays(1), SqlType.DATE)
                : null;
    }

    /** The number of days that is the next day, where it is on the grid and the bound is not. */
    private @Nullable Expr nextDays(Expr own, Magnitude.Since since, Expr.Literal bound) {
        LocalDate origin = since.day();
        DateUnit unit = since.unit();
        BigDecimal days = number(bound.value());
        if (origin == null
                || unit == null
                || days == null
                || isBeyond(days)
                || !own.type().isInteger()) {
            return null;
        }
        LocalDate next = day(since, origin, days).plusDays(1);
        boolean only = isWhole(days) && Grids.suggestion(new Grid.Dates(unit), next) == null;
        return only && !isPermitted(next.minusDays(1), unit)
                ? Expr.literal(
                        Evaluator.cast(BigDecimal.valueOf(days(since, origin, next)), bound.type()), bound.type())
                : null;
    }

    /** A date beside a midnight is the date beside the day: date '2024-03-01' - interval '1 day' is a timestamp. */
    private static Expr.Call ofDays(Expr.Call comparison) {
        List<Expr> sides = new ArrayList<>();
        for (Expr side : comparison.arguments()) {
            if (side instanceof Expr.Cast cast
                    && cast.argument() instanceof Expr.Column own
                    && own.type() == SqlType.DATE
                    && cast.type() == SqlType.TIMESTAMP) {
                sides.add(own);
            } else if (side instanceof Expr.Literal l
                    && l.value() instanceof LocalDateTime moment
                    && moment.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                sides.add(Expr.literal(moment.toLocalDate(), SqlType.DATE));
            } else {
                return comparison;
            }
        }
        boolean one = sides.size() == 2 && sides.get(0) instanceof Expr.Literal != sides.get(1) instanceof Expr.Literal;
        return one ? new Expr.Call(comparison.op(), sides, comparison.type()) : comparison;
    }

    /** The day of the snapshot is always permitted. */
    boolean isSnapshot(Object value) {
        return zones.isSnapshot(value, snapshot);
    }

    /** @return null when the value lies on the grid */
    @Nullable
    String suggestion(Grid grid, Object value) {
        try {
            return zones.suggestion(grid, value);
        } catch (IllegalArgumentException mismatch) {
            throw refuse(ProblemCode.TYPE_MISMATCH, "the bound has another type than the column");
        }
    }
}
