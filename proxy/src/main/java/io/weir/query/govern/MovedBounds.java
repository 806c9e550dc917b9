package io.weir.query.govern;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons in which a constant stands beside the column, with the constant moved to the bound: {@code 2015 - born < 18} says what
 * {@code born > 1997} says, and is ruled on, remembered and sent as that. So nothing can be asked that could not be written plainly, and a bound
 * lies on the column's own grid or is refused. For every value there is, and for NULL, the moved comparison has the truth of the written one;
 * where PostgreSQL's sum would be out of range the moved one is of the exact sum.
 *
 * <p>Only what has an inverse is moved: whole numbers and decimals of {@code +} and {@code -}, days, and intervals of days and times beside
 * dates and local times. Months have none (31 January and 28 February), nor have sums of floating point but for parts of dates, factors, and
 * moments in a zone; a decimal that is subtracted may be NaN, which is above all others, and stays. Refuses nothing. Pure.
 */
final class MovedBounds {
    /** Digits before and after the point, beyond which a sum is left as it is. */
    private static final int MOST_DIGITS = 100;

    /** A thousand years, beyond which a day is left as it is. */
    private static final long MOST_DAYS = 366_000;

    private MovedBounds() {}

    /** What is compared once a constant was taken away from it, and with what; mirrored when it was subtracted from the constant. */
    private record Step(Expr own, Expr bound, boolean mirrored) {}

    /** The same comparison, with every constant that can be moved on the bound's side. */
    static Expr.Call moved(Expr.Call comparison) {
        Expr.Call now = comparison;
        while (true) {
            Expr left = now.arguments().get(0);
            Expr right = now.arguments().get(1);
            boolean swapped = left.isCallerValue();
            if (swapped == right.isCallerValue()) {
                return now;
            }
            Step step = step(swapped ? right : left, swapped ? left : right, now.op());
            if (step == null) {
                return now;
            }
            Op op = step.mirrored() ? Moments.mirrored(now.op()) : now.op();
            now = new Expr.Call(
                    op, swapped ? List.of(step.bound(), step.own()) : List.of(step.own(), step.bound()), now.type());
        }
    }

    private static @Nullable Step step(Expr own, Expr bound, Op op) {
        return switch (own) {
            case Expr.Call call when call.type() == SqlType.FLOAT8 -> ofParts(call, bound, op);
            case Expr.Call call -> isNumber(call.type()) ? ofNumbers(call, bound, op) : ofDates(call, bound, op);
            case Expr.Cast cast -> ofCast(cast, bound, op);
            default -> null;
        };
    }

    /** Casts that every number, or every day, comes through as it was. */
    private static @Nullable Step ofCast(Expr.Cast cast, Expr bound, Op op) {
        Expr inner = cast.argument();
        if (cast.cuts() || !(inner instanceof Expr.Call call)) {
            return null;
        }
        if (isNumber(inner.type()) && isNumber(cast.type())) {
            return cast.type() == SqlType.NUMERIC || inner.type().isInteger() ? ofNumbers(call, bound, op) : null;
        }
        if (inner.type() == SqlType.FLOAT8 && isNumber(cast.type())) {
            return ofParts(call, bound, op);
        }
        if (inner.type() == SqlType.DATE && cast.type() == SqlType.TIMESTAMP) {
            return ofDates(call, bound, op);
        }
        boolean day = inner.type() == SqlType.TIMESTAMP && cast.type() == SqlType.DATE;
        if (day && call.op() == Op.ADD_INTERVAL) {
            // The day of a time that was moved by whole days is the time's day, moved by as many.
            PgInterval by = interval(call.arguments().get(1));
            Expr date = Casts.cast(call.arguments().get(0), SqlType.DATE);
            return isOpen(call.arguments().get(1)) || by != null && by.micros() == 0
                    ? later(date, call.arguments().get(1), bound, op)
                    : null;
        }
        return null;
    }

    private static boolean isNumber(SqlType type) {
        return type.isInteger() || type == SqlType.NUMERIC;
    }

    /** date_part gives double precision: a whole number beside another one, of at most nine digits each, is what the numeric one is. */
    private static @Nullable Step ofParts(Expr.Call sum, Expr bound, Op op) {
        boolean parts = (sum.op() == Op.ADD || sum.op() == Op.SUBTRACT)
                && sum.arguments().stream().allMatch(a -> a.isCallerValue() || isPart(a));
        if (!parts || sum.arguments().stream().anyMatch(a -> a.isCallerValue() && decimal(a) == null)) {
            return null;
        }
        List<Expr> exact = sum.arguments().stream().map(MovedBounds::decimal).toList();
        Expr beside = decimal(bound);
        return beside == null ? null : ofNumbers(new Expr.Call(sum.op(), exact, SqlType.NUMERIC), beside, op);
    }

    private static boolean isPart(Expr value) {
        return value instanceof Expr.Call call && (call.op().isPartOfDate() || call.op() == Op.AGE_IN_YEARS);
    }

    /** The same number as a numeric; null where that could be another one. */
    private static @Nullable Expr decimal(Expr value) {
        if (value instanceof Expr.Call call && isPart(value)) {
            return new Expr.Call(call.op(), call.arguments(), SqlType.NUMERIC);
        }
        if (isOpen(value)) {
            return new Expr.Parameter(0, SqlType.NUMERIC);
        }
        if (isNull(value)) {
            return Expr.literal(null, SqlType.NUMERIC);
        }
        return Casts.fold(value) instanceof Expr.Literal l
                        && l.value() instanceof Number n
                        && n.doubleValue() == Math.rint(n.doubleValue())
                        && Math.abs(n.doubleValue()) < 1e9
                ? Expr.literal(new BigDecimal(n.toString()).setScale(0, RoundingMode.UNNECESSARY), SqlType.NUMERIC)
                : null;
    }

    private static @Nullable Step ofNumbers(Expr.Call call, Expr bound, Op op) {
        List<Expr> a = call.arguments();
        if (!isNumber(bound.type()) || !a.stream().allMatch(x -> isNumber(x.type()))) {
            return null;
        }
        if (call.op() == Op.NEGATE) {
            Expr zero = Expr.literal(0, SqlType.INT4);
            return number(a.getFirst(), zero, bound, false, op, true);
        }
        if (call.op() != Op.ADD && call.op() != Op.SUBTRACT
                || a.get(0).isCallerValue() == a.get(1).isCallerValue()) {
            return null;
        }
        boolean first = a.get(0).isCallerValue();
        Expr constant = a.get(first ? 0 : 1);
        Expr own = a.get(first ? 1 : 0);
        if (call.op() == Op.ADD) {
            return number(own, bound, constant, false, op, false);
        }
        return first ? number(own, constant, bound, false, op, true) : number(own, bound, constant, true, op, false);
    }

    /** Beside the difference, or the sum, of two values of the caller. */
    private static @Nullable Step number(
            Expr own, Expr minuend, Expr subtrahend, boolean sum, Op op, boolean mirrored) {
        if (mirrored && !isWhole(own)) {
            return null;
        }
        if (isOpen(minuend) || isOpen(subtrahend)) {
            return new Step(own, new Expr.Parameter(0, own.type()), mirrored); // ruled on when it is bound
        }
        if (isNull(minuend) || isNull(subtrahend)) {
            return ofNothing(own, op, mirrored);
        }
        BigDecimal x = number(minuend);
        BigDecimal y = number(subtrahend);
        return x == null || y == null ? null : beside(own, sum ? x.add(y) : x.subtract(y), mirrored);
    }

    /** Whole numbers are compared as whole numbers, in the smallest type that holds them. */
    private static Step beside(Expr own, BigDecimal bound, boolean mirrored) {
        BigDecimal stripped = bound.stripTrailingZeros();
        BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
        boolean whole = own.type().isInteger() && plain.scale() == 0;
        int bits = whole ? plain.toBigInteger().bitLength() : Long.SIZE;
        SqlType type = bits >= Long.SIZE
                ? SqlType.NUMERIC
                : bits >= Integer.SIZE || own.type() == SqlType.INT8 ? SqlType.INT8 : SqlType.INT4;
        boolean holds = own.type().compareTo(type) >= 0 || type == SqlType.INT4;
        return new Step(holds ? own : Casts.cast(own, type), Expr.literal(Evaluator.cast(plain, type), type), mirrored);
    }

    /** A comparison with what is missing is unknown for everybody. */
    private static @Nullable Step ofNothing(Expr own, Op op, boolean mirrored) {
        boolean told = op == Op.IS_DISTINCT_FROM || op == Op.IS_NOT_DISTINCT_FROM;
        return told ? null : new Step(own, Expr.literal(null, own.type()), mirrored);
    }

    private static @Nullable Step ofDates(Expr.Call call, Expr bound, Op op) {
        if (call.op() != Op.ADD_DAYS && call.op() != Op.ADD_INTERVAL
                || !call.arguments().get(1).isCallerValue()) {
            return null;
        }
        return later(call.arguments().get(0), call.arguments().get(1), bound, op);
    }

    /** A date or local time to which something was added. */
    private static @Nullable Step later(Expr own, Expr by, Expr bound, Op op) {
        if (!isLocal(own.type()) || !isLocal(bound.type())) {
            return null;
        }
        if (isOpen(by) || isOpen(bound)) {
            return new Step(own, new Expr.Parameter(0, own.type()), false);
        }
        if (isNull(by) || isNull(bound)) {
            return ofNothing(own, op, false);
        }
        PgInterval interval = interval(by);
        LocalDateTime moment = moment(bound);
        if (interval == null || interval.months() != 0 || moment == null) {
            return null;
        }
        LocalDateTime earlier = moment.minusDays(interval.days()).minus(interval.micros(), ChronoUnit.MICROS);
        if (earlier.getYear() < 1 || earlier.getYear() > 9_999) {
            return null;
        }
        boolean day = own.type() == SqlType.DATE && earlier.toLocalTime().equals(LocalTime.MIDNIGHT);
        return day
                ? new Step(own, Expr.literal(earlier.toLocalDate(), SqlType.DATE), false)
                : new Step(Casts.cast(own, SqlType.TIMESTAMP), Expr.literal(earlier, SqlType.TIMESTAMP), false);
    }

    private static boolean isLocal(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP;
    }

    private static boolean isOpen(Expr value) {
        return !value.isConstant();
    }

    private static boolean isNull(Expr value) {
        return Casts.fold(value) instanceof Expr.Literal l && l.isNull();
    }

    /** Whole numbers are turned around by a sign; NaN, which a numeric may be, is above all others with either. */
    private static boolean isWhole(Expr own) {
        return own.type().isInteger()
                || isPart(own)
                || own instanceof Expr.Cast cast
                        && cast.type() == SqlType.NUMERIC
                        && !cast.cuts()
                        && isWhole(cast.argument())
                || own instanceof Expr.Call call
                        && (call.op() == Op.ADD || call.op() == Op.SUBTRACT || call.op() == Op.NEGATE)
                        && call.arguments().stream().allMatch(a -> isFiniteLiteral(a) || isWhole(a));
    }

    private static boolean isFiniteLiteral(Expr value) {
        return value.isCallerValue() && isNumber(value.type());
    }

    private static @Nullable BigDecimal number(Expr value) {
        if (!(Casts.fold(value) instanceof Expr.Literal l) || !(l.value() instanceof Number n)) {
            return null;
        }
        BigDecimal number = n instanceof BigDecimal d ? d : BigDecimal.valueOf(n.longValue());
        boolean moderate = Math.abs(number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
        return moderate ? number : null;
    }

    /** Days, or an interval within a thousand years. */
    private static @Nullable PgInterval interval(Expr by) {
        if (!(Casts.fold(by) instanceof Expr.Literal l)) {
            return null;
        }
        PgInterval interval = switch (l.value()) {
            case PgInterval i -> i;
            case Number n when Math.abs(n.longValue()) <= MOST_DAYS -> new PgInterval(0, n.intValue(), 0);
            case null, default -> null;
        };
        return interval == null
                        || Math.abs((long) interval.days()) > MOST_DAYS
                        || Math.abs(interval.micros() / 86_400_000_000L) > MOST_DAYS
                ? null
                : interval;
    }

    private static @Nullable LocalDateTime moment(Expr bound) {
        LocalDateTime moment = !(Casts.fold(bound) instanceof Expr.Literal l)
                ? null
                : l.value() instanceof LocalDate d ? d.atStartOfDay() : l.value() instanceof LocalDateTime t ? t : null;
        return moment == null || moment.getYear() < -9_999 || moment.getYear() > 99_999 ? null : moment;
    }
}
