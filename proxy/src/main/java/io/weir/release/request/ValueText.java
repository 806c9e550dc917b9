package io.weir.release.request;

import io.weir.query.type.ArrayText;
import io.weir.query.type.Bytea;
import io.weir.query.type.PgArray;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One text for every value: what frozen answers and exported files hold. Numbers are plain (no exponent, no grouping, {@code .} as
 * decimal point); dates and times are ISO 8601; intervals are ISO 8601 durations of months, days and seconds; bytes are PostgreSQL's
 * {@code \x} and hexadecimal digits, arrays its braces around such texts.
 */
public final class ValueText {
    private static final Pattern INTERVAL = Pattern.compile("P(-?\\d+)M(-?\\d+)DT(-?\\d+(?:\\.\\d{1,6})?)S");

    private static final String INFINITY = "infinity";

    private ValueText() {}

    /** The text of a value of the type's Java class. */
    public static String write(SqlType type, Object value) {
        return switch (type) {
            case BOOL, INT2, INT4, INT8, TEXT, VARCHAR, BPCHAR, TIME, UUID ->
                type.javaClass().cast(value).toString();
            case DATE -> finite(value, LocalDate.MIN, LocalDate.MAX);
            case TIMESTAMP -> finite(value, LocalDateTime.MIN, LocalDateTime.MAX);
            case TIMESTAMPTZ -> finite(value, Instant.MIN, Instant.MAX);
            case FLOAT4, FLOAT8 -> floating(value.toString());
            case NUMERIC -> ((BigDecimal) value).toPlainString();
            case INTERVAL -> interval((PgInterval) value);
            case BYTEA -> ((Bytea) value).hex();
            case JSON, JSONB -> (String) value;
            default -> {
                SqlType element = type.element().orElseThrow();
                yield ArrayText.print((PgArray) value, e -> write(element, e));
            }
        };
    }

    /** Reads what {@link #write} wrote. */
    public static Object read(SqlType type, String text) {
        return switch (type) {
            case BOOL -> Boolean.valueOf(text);
            case INT2, INT4 -> Integer.valueOf(text);
            case INT8 -> Long.valueOf(text);
            case FLOAT4 -> Float.valueOf(text);
            case FLOAT8 -> Double.valueOf(text);
            case NUMERIC -> new BigDecimal(text);
            case TEXT, VARCHAR, BPCHAR -> text;
            case DATE -> finite(text, LocalDate.MIN, LocalDate.MAX, LocalDate::parse);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> finite(text, LocalDateTime.MIN, LocalDateTime.MAX, LocalDateTime::parse);
            case TIMESTAMPTZ -> finite(text, Instant.MIN, Instant.MAX, Instant::parse);
            case INTERVAL -> readInterval(text);
            case UUID -> UUID.fromString(text);
            case BYTEA -> Bytea.parse(text);
            case JSON, JSONB -> text;
            default -> {
                SqlType element = type.element().orElseThrow();
                yield ArrayText.parse(text, e -> read(element, e));
            }
        };
    }

    /** The least and the greatest of a class stand for PostgreSQL's infinities. */
    private static String finite(Object value, Object least, Object greatest) {
        if (value.equals(greatest)) {
            return INFINITY;
        }
        return value.equals(least) ? "-" + INFINITY : value.toString();
    }

    private static <T> T finite(String text, T least, T greatest, Function<String, T> parse) {
        return switch (text) {
            case INFINITY -> greatest;
            case "-" + INFINITY -> least;
            default -> parse.apply(text);
        };
    }

    private static String floating(String javaText) {
        if (javaText.equals("NaN") || javaText.endsWith("Infinity")) {
            return javaText;
        }
        BigDecimal decimal = new BigDecimal(javaText);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }

    private static String interval(PgInterval value) {
        return "P" + value.months() + "M" + value.days() + "DT"
                + BigDecimal.valueOf(value.micros(), 6).stripTrailingZeros().toPlainString() + "S";
    }

    private static PgInterval readInterval(String text) {
        Matcher matcher = INTERVAL.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an interval");
        }
        return new PgInterval(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                new BigDecimal(matcher.group(3)).movePointRight(6).longValueExact());
    }
}
