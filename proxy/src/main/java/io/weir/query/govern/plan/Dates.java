package io.weir.query.govern.plan;

import io.weir.query.type.PgInterval;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** PostgreSQL's calendar in Java, proleptic Gregorian. */
final class Dates {
    private Dates() {}

    static LocalDateTime timestamp(Object value) {
        return switch (value) {
            case LocalDateTime t -> t;
            case LocalDate d -> d.atStartOfDay();
            // Never a moment: it has no date outside a zone.
            default -> throw Numbers.mismatch("a date or timestamp was expected");
        };
    }

    static LocalDate date(Object value) {
        return timestamp(value).toLocalDate();
    }

    static LocalDateTime plus(LocalDateTime start, PgInterval interval) {
        return start.plusMonths(interval.months()).plusDays(interval.days()).plus(interval.micros(), ChronoUnit.MICROS);
    }

    static int ageInYears(LocalDate later, LocalDate earlier) {
        return Period.between(earlier, later).getYears();
    }

    static LocalDateTime truncate(LocalDateTime value, Op unit) {
        LocalDate day = value.toLocalDate();
        LocalDate first = switch (unit) {
            case TRUNCATE_YEAR -> day.withDayOfYear(1);
            case TRUNCATE_QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1L);
            case TRUNCATE_MONTH -> day.withDayOfMonth(1);
            case TRUNCATE_WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case TRUNCATE_DAY -> day;
            default -> throw new IllegalArgumentException(unit + " is not a truncation");
        };
        return first.atStartOfDay();
    }

    static long part(LocalDateTime day, Op part) {
        return switch (part) {
            case YEAR_OF -> day.getYear();
            case QUARTER_OF -> day.get(IsoFields.QUARTER_OF_YEAR);
            case MONTH_OF -> day.getMonthValue();
            case ISO_WEEK_OF -> day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case DAY_OF_WEEK -> day.getDayOfWeek().getValue() % 7;
            case ISO_DAY_OF_WEEK -> day.getDayOfWeek().getValue();
            case DAY_OF_MONTH -> day.getDayOfMonth();
            case HOUR_OF -> day.getHour();
            default -> throw new IllegalArgumentException(part + " is not a part of a date");
        };
    }
}
