package io.weir.query.govern;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** Whether a bound lies on a grid, and which bounds near it do. Pure. */
final class Grids {
    private Grids() {}

    /** Null when the bound lies on the grid; else a hint with the nearest bounds that do. */
    static @Nullable String suggestion(Grid grid, Object bound) {
        return switch (grid) {
            case Grid.NoRanges n -> "This column takes only =, IN and their negations.";
            case Grid.CodePrefix c ->
                "Codes take =, IN, or LIKE 'prefix%%' with at least %d characters.".formatted(c.minimumLength());
            case Grid.Dates dates -> dates(dates.unit(), bound);
            case Grid.Step step -> {
                BigDecimal value = number(bound);
                BigDecimal below =
                        value.divide(step.step(), 0, RoundingMode.FLOOR).multiply(step.step());
                yield value.compareTo(below) == 0 ? null : nearest(below, below.add(step.step()));
            }
            case Grid.OneTwoFive o -> {
                BigDecimal value = number(bound);
                if (value.signum() == 0) {
                    yield null;
                }
                BigDecimal below = belowOneTwoFive(value.abs());
                BigDecimal above = nextOneTwoFive(below);
                yield below.compareTo(value.abs()) == 0
                        ? null
                        : value.signum() > 0 ? nearest(below, above) : nearest(above.negate(), below.negate());
            }
            case Grid.Bounds bounds -> {
                BigDecimal value = number(bound);
                yield bounds.bounds().stream().anyMatch(b -> b.compareTo(value) == 0)
                        ? null
                        : "Bounds of this column: "
                                + bounds.bounds().stream()
                                        .map(BigDecimal::toPlainString)
                                        .toList()
                                + ".";
            }
        };
    }

    private static String nearest(Object below, Object above) {
        return "The nearest permitted bounds are %s and %s.".formatted(text(below), text(above));
    }

    private static String text(Object bound) {
        return bound instanceof BigDecimal d
                ? d.stripTrailingZeros().toPlainString()
                : bound instanceof LocalDate day ? "date '" + day + "'" : bound.toString();
    }

    private static BigDecimal number(Object bound) {
        Object decimal = Evaluator.cast(bound, SqlType.NUMERIC);
        if (decimal instanceof BigDecimal d) {
            return d;
        }
        throw new IllegalArgumentException("a number was expected");
    }

    private static BigDecimal belowOneTwoFive(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent);
        BigDecimal best = power;
        for (int m : new int[] {2, 5}) {
            BigDecimal candidate = power.multiply(BigDecimal.valueOf(m));
            if (candidate.compareTo(value) <= 0) {
                best = candidate;
            }
        }
        return best;
    }

    private static BigDecimal nextOneTwoFive(BigDecimal step) {
        int first = step.stripTrailingZeros().unscaledValue().abs().intValue();
        return first == 2 ? step.multiply(new BigDecimal("2.5")) : step.multiply(BigDecimal.TWO);
    }

    private static @Nullable String dates(DateUnit unit, Object bound) {
        LocalDateTime value = switch (bound) {
            case LocalDate d -> d.atStartOfDay();
            case LocalDateTime t -> t;
            default -> throw new IllegalArgumentException("a date was expected");
        };
        LocalDate first = first(value.toLocalDate(), unit);
        boolean onGrid = value.toLocalTime().equals(LocalTime.MIDNIGHT)
                && value.toLocalDate().equals(first);
        return onGrid ? null : nearest(first, next(first, unit));
    }

    /** First day of the unit that holds the day. */
    static LocalDate first(LocalDate day, DateUnit unit) {
        return switch (unit) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withMonth((day.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** First day of the next unit. */
    static LocalDate next(LocalDate first, DateUnit unit) {
        return switch (unit) {
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
            case QUARTER -> first.plusMonths(3);
            case YEAR -> first.plusYears(1);
        };
    }
}
