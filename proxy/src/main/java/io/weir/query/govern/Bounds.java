package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a bound lies on the grid of what it bounds. Refuses those that lie between, with the next ones that do not. */
final class Bounds {
    private final Scope scope;
    private final ValueGrids grids;
    private final CutZones zones;
    private final LocalDate snapshot;

    Bounds(Scope scope, ValueGrids grids, CutZones zones, LocalDate snapshot) {
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

    /**
     * A bound that takes a whole last day in, as the bound on the grid that says the same: {@code <= 31 December} is
     * {@code < 1 January}. Only for dates, which have nothing between one day and the next.
     */
    Expr onGrid(Expr.Call given) {
        Expr.Call comparison = ofDays(given);
        Expr left = comparison.arguments().get(0);
        Expr right = comparison.arguments().get(1);
        boolean swapped = left instanceof Expr.Literal;
        if (!((swapped ? right : left) instanceof Expr.Column own)
                || !((swapped ? left : right) instanceof Expr.Literal bound)
                || own.type() != SqlType.DATE
                || !(bound.value() instanceof LocalDate day)
                || scope.isProtected(own)
                || scope.info(own).reference()
                || !(scope.info(own).grid() instanceof Grid.Dates grid)
                || isSnapshot(day)
                || Grids.suggestion(grid, day) == null
                || Grids.suggestion(grid, day.plusDays(1)) != null) {
            return comparison;
        }
        Op exclusive = switch (comparison.op()) {
            case LESS_OR_EQUAL -> swapped ? null : Op.LESS;
            case GREATER -> swapped ? null : Op.GREATER_OR_EQUAL;
            case LESS -> swapped ? Op.LESS_OR_EQUAL : null;
            case GREATER_OR_EQUAL -> swapped ? Op.GREATER : null;
            default -> null;
        };
        if (exclusive == null) {
            return comparison;
        }
        Expr next = Expr.literal(day.plusDays(1), SqlType.DATE);
        return Expr.predicate(exclusive, swapped ? next : own, swapped ? own : next);
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
