package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.ColumnType;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Between moments (timestamptz) and local times (date, timestamp, text): what PostgreSQL leaves to the session's TimeZone is written into
 * the tree here, as {@link Expr.AtZone}. Where the zone changes nothing, none is written. Refuses moments as texts in other zones than UTC.
 */
final class Moments {
    private final ZoneId zone;
    private final boolean skipsDays;

    /** @param zone of the session that asks */
    Moments(ZoneId zone) {
        this.zone = zone;
        this.skipsDays = TimeZones.skipsDays(zone);
    }

    /** The moment of a local time. */
    Instant of(LocalDateTime local) {
        return TimeZones.moment(local, zone);
    }

    private static boolean isMoment(Expr value) {
        return value.type() == SqlType.TIMESTAMPTZ;
    }

    private static boolean isLocal(Expr value) {
        return value.type() == SqlType.DATE || value.type() == SqlType.TIMESTAMP;
    }

    /** {@link Casts#cast(Expr, SqlType)} of any two types. */
    Expr cast(Expr argument, SqlType target) {
        boolean crosses = isMoment(argument) != (target == SqlType.TIMESTAMPTZ);
        if (!crosses || argument instanceof Expr.Literal l && l.isNull()) {
            return Casts.cast(argument, target);
        }
        if (isLocal(argument)) {
            return atZone(Casts.cast(argument, SqlType.TIMESTAMP));
        }
        if (!isMoment(argument)) {
            return argument instanceof Expr.Literal l && l.value() instanceof String text
                    ? Expr.literal(Texts.moment(text, zone), SqlType.TIMESTAMPTZ)
                    : asText(argument, target);
        }
        if (target.isText()) {
            return argument instanceof Expr.Literal l && l.value() instanceof Instant moment
                    ? Expr.literal(Texts.print(moment, zone), target)
                    : asText(argument, target);
        }
        return Casts.cast(target == SqlType.DATE ? day(argument) : local(argument), target);
    }

    private Expr asText(Expr argument, SqlType target) {
        if (!TimeZones.isUtc(zone) && !argument.isCallerValue()) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "texts and timestamp with time zone are read and printed in UTC only",
                    "Leave the cast out: values are shown in the session's time zone.");
        }
        return Casts.cast(argument, target);
    }

    /** {@link Casts#cast(Expr, ColumnType, ColumnType)} of any two types. */
    Expr cast(Expr argument, ColumnType declared, ColumnType target) {
        if (isMoment(argument) == (target.type() == SqlType.TIMESTAMPTZ)) {
            return Casts.cast(argument, declared, target);
        }
        Expr crossed = cast(argument, target.type());
        return Casts.cast(crossed, ColumnType.of(crossed.type()), target);
    }

    private Expr atZone(Expr value) {
        if (value instanceof Expr.AtZone(Expr inner, ZoneId other)
                && zone.getRules().isFixedOffset()
                && TimeZones.areAlike(zone, other)) {
            return inner;
        }
        return Casts.fold(new Expr.AtZone(value, zone));
    }

    /** What a clock in the session's zone shows: for functions that take a time apart. */
    Expr local(Expr value) {
        return isMoment(value) ? atZone(value) : value;
    }

    /** The same for functions that look at the date alone. */
    Expr day(Expr value) {
        return value instanceof Expr.AtZone(Expr inner, ZoneId z) && isBeginning(value) ? inner : local(value);
    }

    /** Whether it is the moment with which a date begins, and no other date begins with it. */
    private boolean isBeginning(Expr value) {
        return !skipsDays
                && value instanceof Expr.AtZone(Expr inner, ZoneId z)
                && TimeZones.areAlike(z, zone)
                && Beginnings.isMidnight(inner);
    }

    /** A comparison of two values that may be moments or local times. */
    Expr.Call compared(Op op, List<Expr> sides, SqlType type) {
        List<Expr> alike = alike(sides);
        Expr left = alike.get(0);
        Expr right = alike.get(1);
        if (left instanceof Expr.AtZone(Expr midnight, ZoneId z) && isBeginning(left) && right.isCallerValue()) {
            return ofDays(op, Beginnings.date(midnight), right, type);
        }
        if (right instanceof Expr.AtZone(Expr midnight, ZoneId z) && isBeginning(right) && left.isCallerValue()) {
            return ofDays(mirrored(op), Beginnings.date(midnight), left, type);
        }
        return new Expr.Call(op, alike, type);
    }

    /** All of one kind: local times become moments beside moments. */
    List<Expr> alike(List<Expr> values) {
        return values.stream().anyMatch(Moments::isMoment)
                ? values.stream()
                        .map(v -> isLocal(v) ? cast(v, SqlType.TIMESTAMPTZ) : v)
                        .toList()
                : values;
    }

    /** That a day begins before a moment, as a comparison of days, in which there is no zone any more. */
    private Expr.Call ofDays(Op op, Expr day, Expr bound, SqlType type) {
        if (!(bound instanceof Expr.Literal l) || !(l.value() instanceof Instant moment)) {
            // Unbound, so that it is never evaluated, or NULL.
            Expr open = bound instanceof Expr.Literal l ? Expr.literal(l.value(), day.type()) : bound;
            return new Expr.Call(op, List.of(day, open), type);
        }
        LocalDateTime first =
                TimeZones.local(moment, zone).toLocalDate().atStartOfDay().minusDays(1);
        while (of(first).isBefore(moment)) {
            first = first.plusDays(1);
        }
        boolean begins = of(first).equals(moment);
        return switch (op) {
            case LESS, GREATER_OR_EQUAL -> days(op, day, first, type);
            case LESS_OR_EQUAL -> days(begins ? op : Op.LESS, day, first, type);
            case GREATER -> days(begins ? op : Op.GREATER_OR_EQUAL, day, first, type);
            // With a moment at which no day begins no day is equal.
            default ->
                begins
                        ? days(op, day, first, type)
                        : new Expr.Call(
                                op,
                                List.of(
                                        Casts.cast(day, SqlType.TIMESTAMP),
                                        Expr.literal(first.minusSeconds(1), SqlType.TIMESTAMP)),
                                type);
        };
    }

    private static Expr.Call days(Op op, Expr day, LocalDateTime bound, SqlType type) {
        Object value = day.type() == SqlType.DATE ? bound.toLocalDate() : bound;
        return new Expr.Call(op, List.of(day, Expr.literal(value, day.type())), type);
    }

    /** The operator that says the same with its sides exchanged. */
    static Op mirrored(Op op) {
        return switch (op) {
            case LESS -> Op.GREATER;
            case LESS_OR_EQUAL -> Op.GREATER_OR_EQUAL;
            case GREATER -> Op.LESS;
            case GREATER_OR_EQUAL -> Op.LESS_OR_EQUAL;
            default -> op;
        };
    }

    /** Months and days are added to the local time, one after the other, and hours to the moment. */
    Expr plus(Expr moment, Expr interval) {
        if (!(interval instanceof Expr.Literal l)) {
            if (!interval.isCallerValue()) {
                throw refuse(ProblemCode.FUNCTION_USE, "only a constant interval can be added");
            }
            return atZone(added(local(moment), interval));
        }
        if (!(l.value() instanceof PgInterval i)) {
            return Expr.literal(null, SqlType.TIMESTAMPTZ);
        }
        Expr sum = moment;
        if (i.months() != 0) {
            sum = atZone(added(local(sum), interval(i.months(), 0, 0)));
        }
        if (i.days() != 0) {
            sum = atZone(added(local(sum), interval(0, i.days(), 0)));
        }
        if (i.micros() != 0) {
            Expr inUtc = Casts.fold(new Expr.AtZone(sum, ZoneOffset.UTC));
            sum = Casts.fold(new Expr.AtZone(added(inUtc, interval(0, 0, i.micros())), ZoneOffset.UTC));
        }
        return sum;
    }

    private static Expr interval(int months, int days, long micros) {
        return Expr.literal(new PgInterval(months, days, micros), SqlType.INTERVAL);
    }

    private static Expr added(Expr local, Expr interval) {
        return Casts.fold(Expr.call(Op.ADD_INTERVAL, SqlType.TIMESTAMP, local, interval));
    }
}
