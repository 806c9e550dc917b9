package io.weir.query.govern;

import io.weir.policy.ColumnClass;
import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;

/** Where ranges over a column or a derived attribute may be cut: the grid of its values. Refuses zones that would move it. */
final class ValueGrids {
    private final Scope scope;
    private final Magnitudes magnitudes;
    private final CutZones zones;

    ValueGrids(Scope scope, Magnitudes magnitudes, CutZones zones) {
        this.zones = zones;
        this.scope = scope;
        this.magnitudes = magnitudes;
    }

    /** Grid of a column or derived attribute. */
    Grid grid(Expr expr) {
        return switch (strip(expr)) {
            case Expr.Column c -> scope.info(c).grid();
            case Expr.Call call ->
                switch (call.op()) {
                    case DAYS_BETWEEN ->
                        magnitudes.of(call) instanceof Magnitude.Since
                                ? new Grid.NoRanges() // ruled as the date is, by Bounds
                                : new Grid.Step(BigDecimal.ONE);
                    case AGE_IN_YEARS,
                            YEAR_OF,
                            QUARTER_OF,
                            MONTH_OF,
                            ISO_WEEK_OF,
                            DAY_OF_WEEK,
                            ISO_DAY_OF_WEEK,
                            DAY_OF_MONTH,
                            HOUR_OF -> new Grid.Step(BigDecimal.ONE);
                    case TRUNCATE_YEAR -> new Grid.Dates(DateUnit.YEAR);
                    case TRUNCATE_QUARTER -> new Grid.Dates(DateUnit.QUARTER);
                    case TRUNCATE_MONTH -> new Grid.Dates(DateUnit.MONTH);
                    case TRUNCATE_WEEK -> new Grid.Dates(DateUnit.WEEK);
                    case TRUNCATE_DAY -> new Grid.Dates(DateUnit.DAY);
                    case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABSOLUTE -> new Grid.OneTwoFive();
                    default -> new Grid.NoRanges();
                };
            // The date of a local time begins and ends where days do.
            case Expr.Cast(Expr local, SqlType target, int typmod, boolean cuts)
            when local.type() == SqlType.TIMESTAMP
                    && target == SqlType.DATE
                    && grid(local).equals(new Grid.Dates(DateUnit.DAY)) -> new Grid.Dates(DateUnit.DAY);
            default -> new Grid.NoRanges();
        };
    }

    /** What is known of a value that a derived table computes. */
    ColumnInfo describe(Expr expr) {
        return expr instanceof Expr.Column c
                ? scope.info(c)
                : ColumnInfo.attribute(grid(expr), null, scope.isCoarse(expr), magnitudes.of(expr));
    }

    /**
     * Casts that keep the order of values are looked through: date to timestamp, integer to numeric, text to text. So is the zone of a
     * moment of people, where it is one in which their days may begin; refuses it otherwise.
     */
    Expr strip(Expr expr) {
        if (expr instanceof Expr.AtZone at) {
            if (!scope.isReference(at)) {
                zones.require(at);
            }
            return strip(at.argument());
        }
        if (expr instanceof Expr.Cast(Expr argument, SqlType target, int typmod, boolean cuts) && !cuts) {
            boolean identifier =
                    argument instanceof Expr.Column c && scope.info(c).columnClass() == ColumnClass.IDENTIFIER;
            boolean order = identifier
                    || argument.type().isNumber() && target.isNumber()
                    || argument.type() == SqlType.DATE && target == SqlType.TIMESTAMP
                    || argument.type() == SqlType.TIMESTAMP && target == SqlType.DATE && isTruncated(argument)
                    || argument.type().isText() && target.isText();
            return order ? strip(argument) : expr;
        }
        return expr;
    }

    /** Midnight of some day: its date says as much. */
    private static boolean isTruncated(Expr moment) {
        return moment instanceof Expr.Call call && call.op().isTruncation();
    }
}
