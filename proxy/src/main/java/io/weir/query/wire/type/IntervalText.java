package io.weir.query.wire.type;

import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads interval inputs: PostgreSQL's own output, its verbose form ({@code @ 1 day 2 hours ago}), the drivers' {@code 1 years 2 mons 3 days
 * 4 hours 5 mins 6.5 secs} and ISO 8601 {@code P1Y2M3DT4H5M6.5S}. Fractions are read for seconds only.
 */
final class IntervalText {
    /** What PostgreSQL's working buffer holds (datetime.h, MAXDATELEN and its users). */
    private static final int LONGEST = 256;

    private static final Pattern FIELD = Pattern.compile("\\s*([+-]?\\d{1,9}(?:\\.\\d{1,9})?)\\s*([a-z]+)");
    private static final Pattern CLOCK =
            Pattern.compile("\\s*([+-]?)(\\d{1,7}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,9})?))?");
    private static final Pattern ISO_FIELD = Pattern.compile("([+-]?\\d{1,9}(?:\\.\\d{1,9})?)([YMWDHS])|(T)");

    private long months;
    private long days;
    private long micros;

    private IntervalText() {}

    static PgInterval read(String text) {
        IntervalText reader = new IntervalText();
        String input = text.strip();
        if (input.length() > LONGEST) {
            throw TypeCodec.invalid(SqlType.INTERVAL);
        }
        try {
            if (input.startsWith("P")) {
                reader.iso(input.substring(1));
            } else {
                reader.words(input.toLowerCase(Locale.ROOT));
            }
            return new PgInterval(Math.toIntExact(reader.months), Math.toIntExact(reader.days), reader.micros);
        } catch (ArithmeticException outOfRange) {
            throw TypeCodec.invalid(SqlType.INTERVAL);
        }
    }

    private void words(String text) {
        String left = text.startsWith("@") ? text.substring(1) : text;
        boolean ago = left.endsWith(" ago");
        if (ago) {
            left = left.substring(0, left.length() - 4);
        }
        if (left.isBlank()) {
            throw TypeCodec.invalid(SqlType.INTERVAL);
        }
        while (!left.isBlank()) {
            Matcher clock = CLOCK.matcher(left);
            Matcher field = FIELD.matcher(left);
            if (clock.lookingAt()) {
                clock(clock);
                left = left.substring(clock.end());
            } else if (field.lookingAt()) {
                field(new BigDecimal(field.group(1)), field.group(2));
                left = left.substring(field.end());
            } else {
                throw TypeCodec.invalid(SqlType.INTERVAL);
            }
        }
        if (ago) {
            months = -months;
            days = -days;
            micros = Math.negateExact(micros);
        }
    }

    private void clock(Matcher clock) {
        long value = Long.parseLong(clock.group(2)) * 3_600_000_000L + Long.parseLong(clock.group(3)) * 60_000_000L;
        if (clock.group(4) != null) {
            value += seconds(new BigDecimal(clock.group(4)));
        }
        micros = Math.addExact(micros, clock.group(1).equals("-") ? -value : value);
    }

    private void field(BigDecimal value, String unit) {
        switch (unit) {
            case "year", "years", "y", "yr", "yrs" -> months = Math.addExact(months, 12 * value.longValueExact());
            case "mon", "mons", "month", "months" -> months = Math.addExact(months, value.longValueExact());
            case "week", "weeks", "w" -> days = Math.addExact(days, 7 * value.longValueExact());
            case "day", "days", "d" -> days = Math.addExact(days, value.longValueExact());
            case "hour", "hours", "h", "hr", "hrs" ->
                micros = Math.addExact(micros, value.longValueExact() * 3_600_000_000L);
            case "min", "mins", "minute", "minutes", "m" ->
                micros = Math.addExact(micros, value.longValueExact() * 60_000_000L);
            case "sec", "secs", "second", "seconds", "s" -> micros = Math.addExact(micros, seconds(value));
            default -> throw TypeCodec.invalid(SqlType.INTERVAL);
        }
    }

    private void iso(String text) {
        Matcher matcher = ISO_FIELD.matcher(text);
        boolean time = false;
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw TypeCodec.invalid(SqlType.INTERVAL);
            }
            at = matcher.end();
            if (matcher.group(3) != null) {
                time = true;
            } else {
                String unit = matcher.group(2);
                field(
                        new BigDecimal(matcher.group(1)),
                        time && unit.equals("M") ? "min" : unit.equals("M") ? "mon" : unit.toLowerCase(Locale.ROOT));
            }
        }
        if (text.isEmpty()) {
            throw TypeCodec.invalid(SqlType.INTERVAL);
        }
    }

    private static long seconds(BigDecimal value) {
        return value.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
