package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Moments with which a date begins. Each date has one of its own in every zone (but those that once skipped a day), so that grouping by them
 * is grouping by the dates, and people who ask in different zones ask the same. Pure.
 */
final class Beginnings {
    private Beginnings() {}

    /**
     * A value and what is made of it afterwards.
     *
     * @param value without the zone
     * @param shown puts the zone back, on a column that holds the value
     */
    record Grouped(Expr value, UnaryOperator<Expr> shown) {}

    /** What has to be grouped, counted or compared in place of a value. */
    static Grouped of(Expr value) {
        Optional<Grouped> text = DateTexts.grouped(value);
        if (text.isPresent()) {
            return text.get();
        }
        if (!(value instanceof Expr.AtZone(Expr local, ZoneId zone))
                || !isMidnight(local)
                || TimeZones.skipsDays(zone)) {
            return new Grouped(value, c -> c);
        }
        return new Grouped(date(local), c -> new Expr.AtZone(Casts.cast(c, SqlType.TIMESTAMP), zone));
    }

    /** Whether a local time is the midnight of a date. */
    static boolean isMidnight(Expr local) {
        return switch (local) {
            case Expr.Cast(Expr date, SqlType t, int typmod, boolean cuts) ->
                date.type() == SqlType.DATE && t == SqlType.TIMESTAMP && !cuts;
            case Expr.Call call -> call.op().isTruncation();
            default -> false;
        };
    }

    /** The date of a midnight, or the midnight itself where it was computed. */
    static Expr date(Expr midnight) {
        return midnight instanceof Expr.Cast cast && cast.argument().type() == SqlType.DATE
                ? cast.argument()
                : midnight;
    }
}
