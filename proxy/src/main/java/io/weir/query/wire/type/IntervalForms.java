package io.weir.query.wire.type;

import io.weir.query.type.PgInterval;

/** Intervals in the forms of IntervalStyle that are not PostgreSQL's own (datetime.c, EncodeInterval). */
final class IntervalForms {
    private final int year;
    private final int month;
    private final int day;
    private final long hour;
    private final int minute;
    /** Signed microseconds of the minute. */
    private final long micros;

    private final StringBuilder text = new StringBuilder();

    private IntervalForms(PgInterval value) {
        year = value.months() / 12;
        month = value.months() % 12;
        day = value.days();
        hour = value.micros() / 3_600_000_000L;
        minute = (int) (value.micros() / 60_000_000L % 60);
        micros = value.micros() % 60_000_000L;
    }

    static String verbose(PgInterval value) {
        return new IntervalForms(value).verbose();
    }

    static String iso(PgInterval value) {
        return new IntervalForms(value).iso();
    }

    static String standard(PgInterval value) {
        return new IntervalForms(value).standard();
    }

    /** {@code @ 1 year 2 mons -3 days}; all signs turn when the first field is negative, and "ago" follows. */
    private String verbose() {
        text.append('@');
        boolean ago = firstSign() < 0;
        verbose(year, "year", ago);
        verbose(month, "mon", ago);
        verbose(day, "day", ago);
        verbose(hour, "hour", ago);
        verbose(minute, "min", ago);
        if (micros != 0) {
            text.append(' ');
            if (micros < 0 != ago) {
                text.append('-');
            }
            seconds(false);
            text.append(Math.abs(micros) == 1_000_000L ? " sec" : " secs");
        }
        if (text.length() == 1) {
            text.append(" 0");
        }
        return text.append(ago ? " ago" : "").toString();
    }

    private void verbose(long value, String unit, boolean turned) {
        if (value != 0) {
            long shown = turned ? -value : value;
            text.append(' ').append(shown).append(' ').append(unit).append(shown == 1 ? "" : "s");
        }
    }

    private long firstSign() {
        for (long field : new long[] {year, month, day, hour, minute, micros}) {
            if (field != 0) {
                return field;
            }
        }
        return 0;
    }

    private String iso() {
        text.append('P');
        iso(year, 'Y');
        iso(month, 'M');
        iso(day, 'D');
        if (hour != 0 || minute != 0 || micros != 0) {
            text.append('T');
        }
        iso(hour, 'H');
        iso(minute, 'M');
        if (micros != 0) {
            text.append(micros < 0 ? "-" : "");
            seconds(false);
            text.append('S');
        }
        return text.length() == 1 ? "PT0S" : text.toString();
    }

    private void iso(long value, char unit) {
        if (value != 0) {
            text.append(value).append(unit);
        }
    }

    /** {@code 1-2} or {@code 3 4:05:06}; what is both, or of both signs, has all fields and signs. */
    private String standard() {
        boolean yearMonth = year != 0 || month != 0;
        boolean dayTime = day != 0 || hour != 0 || minute != 0 || micros != 0;
        boolean negative = year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || micros < 0;
        boolean positive = year > 0 || month > 0 || day > 0 || hour > 0 || minute > 0 || micros > 0;
        if (!yearMonth && !dayTime) {
            return "0";
        }
        if (negative && positive || yearMonth && dayTime) {
            text.append(year < 0 || month < 0 ? '-' : '+')
                    .append(Math.abs(year))
                    .append('-')
                    .append(Math.abs(month));
            text.append(' ').append(day < 0 ? '-' : '+').append(Math.abs((long) day));
            text.append(' ').append(hour < 0 || minute < 0 || micros < 0 ? '-' : '+');
            clock();
            return text.toString();
        }
        text.append(negative ? "-" : "");
        if (yearMonth) {
            text.append(Math.abs(year)).append('-').append(Math.abs(month));
        } else {
            if (day != 0) {
                text.append(Math.abs((long) day)).append(' ');
            }
            clock();
        }
        return text.toString();
    }

    private void clock() {
        text.append(Math.abs(hour)).append(':');
        two(Math.abs(minute));
        text.append(':');
        seconds(true);
    }

    private void seconds(boolean padded) {
        int whole = (int) (Math.abs(micros) / 1_000_000L);
        if (padded) {
            two(whole);
        } else {
            text.append(whole);
        }
        int left = (int) (Math.abs(micros) % 1_000_000L);
        if (left != 0) {
            text.append('.');
            for (int unit = 100_000; left > 0; unit /= 10) {
                text.append((char) ('0' + left / unit));
                left %= unit;
            }
        }
    }

    private void two(int value) {
        text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
