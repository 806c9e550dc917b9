package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's DateStyle ISO, both ways (datetime.c, EncodeDateTime). Microseconds; years before 1 print as BC. */
final class DateTimeText {
    private static final Pattern DATE_TIME = Pattern.compile("(\\d{4,6})-(\\d{1,2})-(\\d{1,2})"
            + "(?:[ T](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?)?"
            + "\\s*(Z|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2}){0,2}|[A-Za-z]+(?:/[A-Za-z_]+)+)?(\\s+(?:AD|BC))?");
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4,6})((?:[ T].*)?)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?");

    /** What PostgreSQL's working buffer holds (datetime.h, MAXDATELEN). */
    private static final int LONGEST = 128;
    /** A year more than timestamps have on either side (timestamp.h, MIN_TIMESTAMP and END_TIMESTAMP). */
    private static final int FIRST_YEAR = -4713;

    private static final int LAST_YEAR = 294_276;

    /** What an input says; the zone is as written. */
    record Parsed(LocalDate date, LocalTime time, @Nullable ZoneId zone) {
        LocalDateTime dateTime() {
            return date.atTime(time);
        }
    }

    private DateTimeText() {}

    static void writeDate(LocalDate date, MessageOutput out) {
        writeYear(date, out);
        out.int8('-');
        two(date.getMonthValue(), out);
        out.int8('-');
        two(date.getDayOfMonth(), out);
    }

    /** At least four digits, without an era. */
    static void writeYear(LocalDate date, MessageOutput out) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        out.digits(year, 4);
    }

    static void writeEra(LocalDate date, MessageOutput out) {
        if (date.getYear() <= 0) {
            out.text(" BC");
        }
    }

    static void writeTime(LocalTime time, MessageOutput out) {
        two(time.getHour(), out);
        out.int8(':');
        two(time.getMinute(), out);
        out.int8(':');
        two(time.getSecond(), out);
        writeFraction(time.getNano() / 1000, out);
    }

    /** {@code .5} for 500000; nothing for 0. */
    static void writeFraction(int micros, MessageOutput out) {
        if (micros != 0) {
            out.int8('.');
            int left = micros;
            for (int unit = 100_000; left > 0; unit /= 10) {
                out.int8('0' + left / unit);
                left %= unit;
            }
        }
    }

    /** {@code +00}, {@code +05:30}, {@code -00:01:15}. */
    static void writeOffset(ZoneOffset offset, MessageOutput out) {
        int seconds = Math.abs(offset.getTotalSeconds());
        out.int8(offset.getTotalSeconds() < 0 ? '-' : '+');
        two(seconds / 3600, out);
        if (seconds % 3600 != 0) {
            out.int8(':');
            two(seconds / 60 % 60, out);
            if (seconds % 60 != 0) {
                out.int8(':');
                two(seconds % 60, out);
            }
        }
    }

    static void two(int value, MessageOutput out) {
        out.int8('0' + value / 10).int8('0' + value % 10);
    }

    static Parsed read(String text, SqlType type, TextStyle style) {
        if (text.length() > LONGEST) {
            throw TypeCodec.invalid(type);
        }
        Matcher matcher = DATE_TIME.matcher(isoOrder(text.strip(), style));
        if (!matcher.matches()) {
            throw TypeCodec.invalid(type);
        }
        try {
            int year = Integer.parseInt(matcher.group(1));
            String era = matcher.group(9);
            boolean before = era != null && era.strip().equals("BC");
            if (year == 0 || (before ? 1 - year < FIRST_YEAR : type != SqlType.DATE && year > LAST_YEAR)) {
                throw TypeCodec.invalid(type);
            }
            LocalDate date = LocalDate.of(
                    before ? 1 - year : year, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
            LocalTime time = matcher.group(4) == null
                    ? LocalTime.MIDNIGHT
                    : time(matcher.group(4), matcher.group(5), matcher.group(6), matcher.group(7));
            return new Parsed(date, time, zone(matcher.group(8)));
        } catch (DateTimeException noSuchDay) {
            throw TypeCodec.invalid(type);
        }
    }

    /** {@code 29/02/2024}, {@code 29.02.2024} and {@code 29-02-2024} in the order of DateStyle. */
    private static String isoOrder(String text, TextStyle style) {
        Matcher fields = YEAR_LAST.matcher(text);
        if (!fields.matches() || style.order() == TextStyle.DayOrder.YMD) {
            return text;
        }
        boolean dayFirst = style.order() == TextStyle.DayOrder.DMY;
        String day = fields.group(dayFirst ? 1 : 3);
        String month = fields.group(dayFirst ? 3 : 1);
        return fields.group(4) + "-" + month + "-" + day + fields.group(5);
    }

    static LocalTime readTime(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (text.length() > LONGEST || !matcher.matches()) {
            throw TypeCodec.invalid(SqlType.TIME);
        }
        try {
            return time(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
        } catch (DateTimeException noSuchTime) {
            throw TypeCodec.invalid(SqlType.TIME);
        }
    }

    private static LocalTime time(String hour, String minute, @Nullable String second, @Nullable String fraction) {
        int nanos = 0;
        if (fraction != null) {
            int micros = Integer.parseInt((fraction + "000000").substring(0, 6));
            nanos = micros * 1000;
        }
        return LocalTime.of(
                Integer.parseInt(hour), Integer.parseInt(minute), second == null ? 0 : Integer.parseInt(second), nanos);
    }

    private static @Nullable ZoneId zone(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String word = text.toUpperCase(Locale.ROOT);
        if (word.equals("Z") || word.equals("UTC") || word.equals("GMT")) {
            return ZoneOffset.UTC;
        }
        if (text.charAt(0) != '+' && text.charAt(0) != '-') {
            return ZoneId.of(text);
        }
        String digits = text.substring(1).replace(":", "");
        if (digits.length() % 2 == 1) {
            digits = "0" + digits;
        }
        digits = (digits + "0000").substring(0, 6);
        int seconds = Integer.parseInt(digits.substring(0, 2)) * 3600
                + Integer.parseInt(digits.substring(2, 4)) * 60
                + Integer.parseInt(digits.substring(4, 6));
        return ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -seconds : seconds);
    }
}
