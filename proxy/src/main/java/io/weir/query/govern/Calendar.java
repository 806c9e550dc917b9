package io.weir.query.govern;

import io.weir.policy.DateUnit;
import io.weir.policy.Domain;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The months, quarters and years of a period that the statement itself gives, from a first day to a last, or the policy: all of them are known
 * without looking at a row, so that a table by month has a row for each. Pure.
 */
final class Calendar {
    private static final int MOST_VALUES = 500;

    private Calendar() {}

    /**
     * A period that the policy declares.
     *
     * @param period all other days are not there
     * @param mayLack whether there may be no day
     */
    record Declared(Domain.Period period, boolean mayLack) {}

    /**
     * @param key what is grouped by
     * @param conditions that every row satisfies
     * @param declared what the policy says of a column's days
     */
    static Optional<KeyDomain> of(Expr key, List<Expr> conditions, Function<Expr.Column, Optional<Declared>> declared) {
        Expr inner = key;
        while (inner instanceof Expr.Cast cast && !cast.cuts() && !cast.type().isText()) {
            inner = cast.argument();
        }
        if (!(inner instanceof Expr.Call call) || !(date(call.arguments().getFirst()) instanceof Expr.Column column)) {
            return Optional.empty();
        }
        DateUnit unit = unit(call.op());
        Optional<Declared> days = declared.apply(column);
        Period period = period(column, conditions, days.map(Declared::period).orElse(null));
        if (unit == null || period == null) {
            return Optional.empty();
        }
        boolean withNull =
                days.isPresent() && days.get().mayLack() && conditions.stream().noneMatch(c -> isPresence(c, column));
        Set<Object> values = new LinkedHashSet<>();
        for (LocalDate day = Grids.first(period.first(), unit); day.isBefore(period.end()); day = next(day, unit)) {
            LocalDate at = day;
            Object value = Evaluator.constant(
                    Casts.fold(key.transform(e -> e.equals(column) ? Expr.literal(at, SqlType.DATE) : e)));
            if (value == null || values.size() >= MOST_VALUES) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(new KeyDomain.Listed(List.copyOf(values), withNull));
    }

    /** Whether a condition holds only where there is a date. */
    private static boolean isPresence(Expr condition, Expr.Column column) {
        if (!(condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t)) || !column.equals(date(a.getFirst()))) {
            return false;
        }
        return switch (op) {
            case IS_NOT_NULL, EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    private static @Nullable DateUnit unit(Op op) {
        return switch (op) {
            case YEAR_OF, TRUNCATE_YEAR -> DateUnit.YEAR;
            case QUARTER_OF, TRUNCATE_QUARTER -> DateUnit.QUARTER;
            case MONTH_OF, TRUNCATE_MONTH -> DateUnit.MONTH;
            default -> null;
        };
    }

    private static @Nullable Expr date(Expr argument) {
        Expr plain = argument instanceof Expr.Cast cast && !cast.cuts() ? cast.argument() : argument;
        return plain instanceof Expr.Column c && c.type() == SqlType.DATE ? c : null;
    }

    private static LocalDate next(LocalDate first, DateUnit unit) {
        return switch (unit) {
            case YEAR -> first.plusYears(1);
            case QUARTER -> first.plusMonths(3);
            default -> first.plusMonths(1);
        };
    }

    /** @param end the first day after it */
    private record Period(LocalDate first, LocalDate end) {}

    private static @Nullable Period period(
            Expr.Column column, List<Expr> conditions, Domain.@Nullable Period declared) {
        LocalDate first = declared == null ? null : declared.from();
        LocalDate end = declared == null ? null : declared.until();
        for (Expr condition : conditions) {
            if (!(condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t))
                    || a.size() != 2
                    || !column.equals(date(a.get(0)))) {
                continue;
            }
            LocalDate day = day(a.get(1));
            if (day == null) {
                continue;
            }
            switch (op) {
                case GREATER_OR_EQUAL -> first = first == null || day.isAfter(first) ? day : first;
                case GREATER -> first = first == null || day.isAfter(first) ? day.plusDays(1) : first;
                case LESS -> end = end == null || day.isBefore(end) ? day : end;
                case LESS_OR_EQUAL -> end = end == null || day.isBefore(end) ? day.plusDays(1) : end;
                default -> {}
            }
        }
        return first == null || end == null ? null : new Period(first, end);
    }

    private static @Nullable LocalDate day(Expr bound) {
        return switch (bound) {
            case Expr.Literal l when l.value() instanceof LocalDate day -> day;
            case Expr.Literal l
            when l.value() instanceof LocalDateTime at && at.toLocalTime().equals(LocalTime.MIDNIGHT) ->
                at.toLocalDate();
            default -> null;
        };
    }
}
