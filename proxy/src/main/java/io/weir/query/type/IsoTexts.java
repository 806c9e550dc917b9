package io.weir.query.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as PostgreSQL reads them where the year comes first (datetime.c, DecodeDate): {@code 2024-1-5}, {@code 20240105},
 * {@code 2024-01-05 9:30}, {@code 2024-01-05T09:30:00.123456+01}. Microseconds; further digits are rounded. No other order of day and month
 * is read, which would depend on a setting. Pure.
 */
public final class IsoTexts {
    private static final Pattern MOMENT = Pattern.compile(
            "(?:(\\d{4,6})-(\\d{1,2})-(\\d{1,2})|(\\d{4})(\\d{2})(\\d{2}))"
                    + "(?:(?:T| +)(\\d{1,2}):(\\d{2})(?::(\\d{2})(\\.\\d{1,9})?)?)? *([Zz]|[+-]\\d{1,2}(?::?\\d{2})?)?");

    private static final int MICRO_DIGITS = 6;

    /**
     * @param date as it is written, whatever the time is rounded to
     * @param offset as it is written; null without one
     */
    public record Moment(
            LocalDate date, LocalDateTime local, @Nullable ZoneOffset offset) {}

    private IsoTexts() {}

    /**
     * Reads a date, with or without a time and an offset.
     *
     * @throws IllegalArgumentException when it is written in another way
     * @throws java.time.DateTimeException when there is no such day or time
     */
    public static Moment read(String text) {
        Matcher m = MOMENT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("no date with the year first");
        }
        int from = m.group(1) != null ? 1 : 4;
        int year = Integer.parseInt(m.group(from));
        if (year == 0) {
            throw new IllegalArgumentException("there is no year 0");
        }
        LocalDate date = LocalDate.of(year, Integer.parseInt(m.group(from + 1)), Integer.parseInt(m.group(from + 2)));
        LocalDateTime local = date.atStartOfDay();
        if (m.group(7) != null) {
            String second = m.group(9);
            LocalTime time = LocalTime.of(
                    Integer.parseInt(m.group(7)),
                    Integer.parseInt(m.group(8)),
                    second == null ? 0 : Integer.parseInt(second));
            local = date.atTime(time).plus(micros(m.group(10)), ChronoUnit.MICROS);
        }
        return new Moment(date, local, m.group(11) == null ? null : offset(m.group(11)));
    }

    private static long micros(@Nullable String fraction) {
        return fraction == null
                ? 0
                : new BigDecimal("0" + fraction)
                        .setScale(MICRO_DIGITS, RoundingMode.HALF_EVEN)
                        .movePointRight(MICRO_DIGITS)
                        .longValueExact();
    }

    private static ZoneOffset offset(String written) {
        if (written.equalsIgnoreCase("Z")) {
            return ZoneOffset.UTC;
        }
        String digits = written.substring(1).replace(":", "");
        // Of three digits the first is the hour.
        int hourDigits = digits.length() <= 2 ? digits.length() : digits.length() - 2;
        int hours = Integer.parseInt(digits.substring(0, hourDigits));
        int minutes = digits.length() > 2 ? Integer.parseInt(digits.substring(hourDigits)) : 0;
        int sign = written.startsWith("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }
}
