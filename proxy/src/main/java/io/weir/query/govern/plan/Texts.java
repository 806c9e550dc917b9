package io.weir.query.govern.plan;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.type.IsoTexts;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import io.weir.query.type.Written;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.UUID;

/** Casts between text and the other types, as the caller's literals and the finished values need them. */
public final class Texts {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private Texts() {}

    /** The text PostgreSQL prints (ISO date style, UTC). */
    public static String print(Object value) {
        return switch (value) {
            case BigDecimal d -> d.toPlainString();
            case Double d -> floating(d, d.toString());
            case Float f -> floating(f.doubleValue(), f.toString());
            case Boolean b -> b ? "true" : "false";
            case LocalDateTime t -> TIMESTAMP.format(t);
            case Instant i -> print(i, ZoneOffset.UTC);
            default -> value.toString();
        };
    }

    /** Without exponent where PostgreSQL prints none, and whole numbers without a point. */
    private static String floating(double value, String shortest) {
        double size = Math.abs(value);
        return value == 0 || size >= 1e-4 && size < 1e15
                ? new BigDecimal(shortest).stripTrailingZeros().toPlainString()
                : shortest;
    }

    /**
     * Reads a text as a type.
     *
     * @throws io.weir.problem.ProblemException INVALID_VALUE when it cannot be read, OUT_OF_RANGE when it is a larger integer; the message does not repeat the text
     */
    public static Object read(String text, SqlType type) {
        String trimmed = text.strip();
        try {
            return switch (type) {
                case BOOL -> bool(trimmed);
                case INT2, INT4, INT8 -> Numbers.as(new BigDecimal(new BigInteger(trimmed)), type);
                case FLOAT4 -> Float.parseFloat(trimmed);
                case FLOAT8 -> Double.parseDouble(trimmed);
                case NUMERIC -> {
                    BigDecimal number = new BigDecimal(trimmed);
                    yield number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
                }
                case TEXT, VARCHAR, BPCHAR -> text;
                case DATE -> date(trimmed);
                case TIME -> LocalTime.parse(trimmed);
                case TIMESTAMP -> timestamp(trimmed);
                case TIMESTAMPTZ -> instant(trimmed, ZoneOffset.UTC);
                case UUID -> UUID.fromString(trimmed);
                case INTERVAL -> PgInterval.parse(trimmed);
                default -> SourceTexts.read(text, type);
            };
        } catch (ProblemException outOfRange) {
            throw outOfRange;
        } catch (RuntimeException unreadable) {
            throw unreadable(type);
        }
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "on", "1" -> true;
            case "f", "false", "n", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("boolean");
        };
    }

    /** A year beyond four digits is written with a sign by {@link #print(Object)}. */
    private static boolean isSigned(String text) {
        return text.startsWith("+") || text.startsWith("-");
    }

    private static LocalDate date(String text) {
        return isSigned(text) ? LocalDate.parse(text) : IsoTexts.read(text).date();
    }

    /** An offset says nothing of a local time, as in PostgreSQL. */
    private static LocalDateTime timestamp(String text) {
        return isSigned(text)
                ? LocalDateTime.parse(text.replace(' ', 'T'))
                : IsoTexts.read(text).local();
    }

    /**
     * Reads a moment; a text without an offset is a local time of the zone.
     *
     * @throws io.weir.problem.ProblemException INVALID_VALUE when it cannot be read
     */
    public static Instant moment(String text, ZoneId zone) {
        try {
            return instant(text.strip(), zone);
        } catch (RuntimeException unreadable) {
            throw unreadable(SqlType.TIMESTAMPTZ);
        }
    }

    private static Instant instant(String text, ZoneId zone) {
        if (isSigned(text)) {
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        }
        IsoTexts.Moment moment = IsoTexts.read(text);
        return moment.offset() == null
                ? TimeZones.moment(moment.local(), zone)
                : moment.local().toInstant(moment.offset());
    }

    private static ProblemException unreadable(SqlType type) {
        return Problem.of(ProblemCode.INVALID_VALUE, "a value cannot be read as " + type.sqlName(), Written.hint(type))
                .asException();
    }

    /** A moment as PostgreSQL prints it in a session of the zone. */
    public static String print(Instant moment, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(moment);
        String text = offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId();
        return TIMESTAMP.format(TimeZones.local(moment, zone)) + (text.endsWith(":00") ? text.substring(0, 3) : text);
    }
}
