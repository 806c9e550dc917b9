package io.weir.query.disclose;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Asked.Range;
import io.weir.query.govern.plan.Op;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Periods of the calendar as ranges of days. */
final class Periods {
    /** Years in which months and quarters are looked for: times of other years are told apart by their month alone. */
    private static final int FIRST_YEAR = 1900;

    private static final int LAST_YEAR = 2100;

    private Periods() {}

    /** Where a time lies whose period begins behind the cut: from the beginning of the next period, or of the one that begins there. */
    static Optional<Cut> truncated(Op unit, Cut cut) {
        try {
            LocalDateTime at = Pieces.time(cut.at());
            LocalDate first = first(unit, at.toLocalDate());
            boolean begins = first.atStartOfDay().equals(at) && !cut.after();
            return Optional.of(midnight(begins ? first : next(unit, first)));
        } catch (DateTimeException | ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    /** Where a time lies whose year lies behind the cut. */
    static Optional<Cut> year(Cut cut) {
        try {
            BigDecimal year = cut.after()
                    ? cut.at().setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                    : cut.at().setScale(0, RoundingMode.CEILING);
            // Before our era there is a year nought for some, and none for others.
            return year.signum() > 0
                    ? Optional.of(midnight(Year.of(year.intValueExact()).atDay(1)))
                    : Optional.empty();
        } catch (DateTimeException | ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    /** What of the pieces lies in the years that sources calculate with. */
    static List<Piece> usable(List<Piece> pieces) {
        Cut first = midnight(LocalDate.of(1, 1, 1));
        Cut end = midnight(LocalDate.of(9999, 1, 1));
        List<Piece> usable = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Range(Cut from, Cut until)) {
                Cut lower = from == null || from.compareTo(first) < 0 ? first : from;
                Cut upper = until == null || until.compareTo(end) > 0 ? end : until;
                if (lower.compareTo(upper) < 0) {
                    usable.add(new Range(lower, upper));
                }
            }
        }
        return usable;
    }

    /** The numbers of months that are, or whose quarter is, in one of the pieces; those that follow each other together. */
    static List<Piece> months(Op unit, List<Piece> pieces) {
        int length = unit == Op.MONTH_OF ? 1 : 3;
        List<Piece> months = new ArrayList<>();
        int from = 0;
        for (int month = 1; month <= 13; month++) {
            Range number = Range.at(BigDecimal.valueOf((month - 1) / length + 1));
            boolean in = month <= 12 && pieces.stream().anyMatch(piece -> piece.includes(number));
            if (in && from == 0) {
                from = month;
            } else if (!in && from > 0) {
                months.add(
                        new Range(new Cut(BigDecimal.valueOf(from), false), new Cut(BigDecimal.valueOf(month), false)));
                from = 0;
            }
        }
        return months;
    }

    /** All times of other years. */
    static List<Piece> otherYears() {
        return List.of(
                new Range(null, midnight(LocalDate.of(FIRST_YEAR, 1, 1))),
                new Range(midnight(LocalDate.of(LAST_YEAR + 1, 1, 1)), null));
    }

    /** The days of the years that are looked at whose month or quarter lies in one of the pieces. */
    static List<Piece> everyYear(Op unit, List<Piece> pieces) {
        int months = unit == Op.MONTH_OF ? 1 : 3;
        List<Piece> days = new ArrayList<>();
        LocalDate from = null;
        LocalDate end = LocalDate.of(LAST_YEAR + 1, 1, 1);
        for (LocalDate day = LocalDate.of(FIRST_YEAR, 1, 1); !day.isAfter(end); day = day.plusMonths(months)) {
            Range number = Range.at(BigDecimal.valueOf((day.getMonthValue() - 1) / months + 1));
            boolean in = day.isBefore(end) && pieces.stream().anyMatch(piece -> piece.includes(number));
            if (in && from == null) {
                from = day;
            } else if (!in && from != null) {
                days.add(new Range(midnight(from), midnight(day)));
                from = null;
            }
        }
        return days;
    }

    private static LocalDate first(Op unit, LocalDate day) {
        return switch (unit) {
            case TRUNCATE_YEAR -> day.withDayOfYear(1);
            case TRUNCATE_QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case TRUNCATE_MONTH -> day.withDayOfMonth(1);
            case TRUNCATE_WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
            default -> day;
        };
    }

    private static LocalDate next(Op unit, LocalDate first) {
        return switch (unit) {
            case TRUNCATE_YEAR -> first.plusYears(1);
            case TRUNCATE_QUARTER -> first.plusMonths(3);
            case TRUNCATE_MONTH -> first.plusMonths(1);
            case TRUNCATE_WEEK -> first.plusWeeks(1);
            default -> first.plusDays(1);
        };
    }

    private static Cut midnight(LocalDate day) {
        return new Cut(Pieces.micros(day.atStartOfDay()), false);
    }
}
