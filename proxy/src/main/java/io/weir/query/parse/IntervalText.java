package io.weir.query.parse;

import io.weir.query.type.PgInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's interval input (PostgreSQL 16 manual, section 8.5.4) in its usual forms: {@code 1 year 2 months 3 days 04:05:06 ago},
 * {@code 1-2}, {@code P1Y2M3DT4H5M6S}, and a bare number whose unit the field name gives.
 */
final class IntervalText {
    private static final Pattern PART = Pattern.compile(
            "\\s*(?:([+-]?\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d*)?))?|([+-]?\\d+)-(\\d{1,2})(?!\\d)|([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*([a-zA-Z]*)|(ago))\\s*");
    private static final Pattern ISO = Pattern.compile(
            "P(?=.)(?:(-?[\\d.]+)Y)?(?:(-?[\\d.]+)M)?(?:(-?[\\d.]+)W)?(?:(-?[\\d.]+)D)?(?:T(?:(-?[\\d.]+)H)?(?:(-?[\\d.]+)M)?(?:(-?[\\d.]+)S)?)?");
    private static final BigDecimal DAY_MICROS = BigDecimal.valueOf(86_400_000_000L);
    private static final BigDecimal THIRTY = BigDecimal.valueOf(30);

    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    private IntervalText() {}

    static boolean isField(String word) {
        return switch (word) {
            case "year", "month", "day", "hour", "minute", "second" -> true;
            default -> false;
        };
    }

    /** @param field unit of a number without one: {@code second} unless the type says otherwise */
    static Optional<PgInterval> read(String text, String field) {
        if (text.length() > 200) {
            return Optional.empty();
        }
        try {
            IntervalText interval = new IntervalText();
            String trimmed = text.trim();
            boolean read = trimmed.startsWith("P") ? interval.iso(trimmed) : interval.parts(trimmed, field);
            return read ? Optional.of(interval.value()) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private PgInterval value() {
        return new PgInterval(
                months.intValueExact(),
                days.intValueExact(),
                micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    private boolean iso(String text) {
        Matcher m = ISO.matcher(text);
        if (!m.matches()) {
            return false;
        }
        String[] units = {"year", "month", "week", "day", "hour", "minute", "second"};
        for (int i = 0; i < units.length; i++) {
            if (m.group(i + 1) != null) {
                add(new BigDecimal(m.group(i + 1)), units[i]);
            }
        }
        return true;
    }

    private boolean parts(String text, String field) {
        Matcher m = PART.matcher(text);
        int at = 0;
        boolean any = false;
        while (at < text.length()) {
            m.region(at, text.length());
            if (!m.lookingAt() || m.end() == at) {
                return false;
            }
            at = m.end();
            if (m.group(8) != null) {
                if (!any || at < text.length()) {
                    return false;
                }
                months = months.negate();
                days = days.negate();
                micros = micros.negate();
            } else if (m.group(1) != null) {
                clock(m.group(1), m.group(2), m.group(3));
            } else if (m.group(4) != null) {
                BigDecimal years = new BigDecimal(m.group(4));
                BigDecimal rest = new BigDecimal(m.group(5));
                add(years, "year");
                add(m.group(4).startsWith("-") ? rest.negate() : rest, "month");
            } else {
                String unit = m.group(7).isEmpty() ? field : m.group(7);
                if (!add(new BigDecimal(m.group(6)), unit.toLowerCase(Locale.ROOT))) {
                    return false;
                }
            }
            any = true;
        }
        return any;
    }

    private void clock(String hours, String minutes, @org.jspecify.annotations.Nullable String seconds) {
        BigDecimal part = new BigDecimal(minutes)
                .multiply(BigDecimal.valueOf(60_000_000L))
                .add(seconds == null ? BigDecimal.ZERO : new BigDecimal(seconds).movePointRight(6));
        BigDecimal whole = new BigDecimal(hours).multiply(BigDecimal.valueOf(3_600_000_000L));
        micros = micros.add(whole).add(hours.startsWith("-") ? part.negate() : part);
    }

    private boolean add(BigDecimal amount, String unit) {
        switch (unit) {
            case "year", "years", "yr", "yrs", "y" -> addMonths(amount.multiply(BigDecimal.valueOf(12)), true);
            case "month", "months", "mon", "mons" -> addMonths(amount, false);
            case "decade", "decades" -> addMonths(amount.multiply(BigDecimal.valueOf(120)), true);
            case "century", "centuries" -> addMonths(amount.multiply(BigDecimal.valueOf(1200)), true);
            case "week", "weeks", "w" -> addDays(amount.multiply(BigDecimal.valueOf(7)));
            case "day", "days", "d" -> addDays(amount);
            case "hour", "hours", "hr", "hrs", "h" ->
                micros = micros.add(amount.multiply(BigDecimal.valueOf(3_600_000_000L)));
            case "minute", "minutes", "min", "mins", "m" ->
                micros = micros.add(amount.multiply(BigDecimal.valueOf(60_000_000L)));
            case "second", "seconds", "sec", "secs", "s" -> micros = micros.add(amount.movePointRight(6));
            case "millisecond", "milliseconds", "ms", "msec", "msecs" -> micros = micros.add(amount.movePointRight(3));
            case "microsecond", "microseconds", "us", "usec", "usecs" -> micros = micros.add(amount);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A fraction of a year is rounded to months; a fraction of a month becomes days of a thirty-day month. */
    private void addMonths(BigDecimal amount, boolean years) {
        if (years) {
            months = months.add(amount.setScale(0, RoundingMode.HALF_EVEN));
            return;
        }
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        months = months.add(whole);
        addDays(amount.subtract(whole).multiply(THIRTY));
    }

    private void addDays(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        micros = micros.add(amount.subtract(whole).multiply(DAY_MICROS));
    }
}
