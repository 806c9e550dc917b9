package io.weir.query.type;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's interval: three fields that are not converted into each other.
 *
 * @param months whole months, years included
 * @param days whole days
 * @param micros microseconds of the time part
 */
public record PgInterval(int months, int days, long micros) {
    private static final Pattern POSTGRES =
            Pattern.compile("(?:([+-]?\\d+) years?)? ?(?:([+-]?\\d+) mons?)? ?(?:([+-]?\\d+) days?)? ?"
                    + "(?:([+-]?)(\\d+):(\\d\\d):(\\d\\d(?:\\.\\d{1,6})?))?");
    private static final long MICROS_OF_A_SECOND = 1_000_000;

    /**
     * Reads what PostgreSQL prints under IntervalStyle postgres: {@code 1 year 2 mons -3 days +04:05:06.789}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static PgInterval parse(String text) {
        Matcher m = POSTGRES.matcher(text);
        if (text.isEmpty() || !m.matches()) {
            throw new IllegalArgumentException("no interval");
        }
        try {
            long months = Math.addExact(Math.multiplyExact(number(m, 1), 12), number(m, 2));
            return new PgInterval(Math.toIntExact(months), Math.toIntExact(number(m, 3)), micros(m));
        } catch (ArithmeticException outOfRange) {
            throw new IllegalArgumentException("no interval", outOfRange);
        }
    }

    private static long number(Matcher m, int group) {
        String digits = m.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long micros(Matcher m) {
        if (m.group(7) == null) {
            return 0;
        }
        long seconds = Math.addExact(Math.multiplyExact(number(m, 5), 3_600L), number(m, 6) * 60);
        long micros = Math.addExact(
                Math.multiplyExact(seconds, MICROS_OF_A_SECOND),
                new BigDecimal(m.group(7)).movePointRight(6).longValueExact());
        return "-".equals(m.group(4)) ? -micros : micros;
    }
}
