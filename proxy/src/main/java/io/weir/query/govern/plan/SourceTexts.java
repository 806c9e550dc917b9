package io.weir.query.govern.plan;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.ArrayText;
import io.weir.query.type.Bytea;
import io.weir.query.type.PgArray;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of opaque types from the text that a PostgreSQL source prints in a session with ISO dates in UTC and intervals in its own style.
 * Pure. Refuses what no Java value of ours can hold (infinite dates, NaN as numeric, 24:00), so that nothing is ever handed on as something
 * else.
 */
final class SourceTexts {
    private static final Pattern MOMENT = Pattern.compile("(\\d{4,6})-(\\d\\d)-(\\d\\d)"
            + "(?: (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?))?([+-]\\d\\d(?::\\d\\d){0,2})?( BC)?");

    private SourceTexts() {}

    static Object read(String text, SqlType type) {
        try {
            return switch (type) {
                case BYTEA -> Bytea.parse(text);
                case JSON, JSONB -> text;
                default -> array(text, type);
            };
        } catch (RuntimeException unreadable) {
            throw Problem.of(
                            ProblemCode.OUT_OF_RANGE,
                            "a value of type " + type.sqlName() + " at the source cannot be handed on unchanged",
                            "Leave the column out.")
                    .asException();
        }
    }

    private static PgArray array(String text, SqlType type) {
        SqlType element = type.element().orElseThrow();
        return ArrayText.parse(text, e -> element(e, element));
    }

    private static Object element(String text, SqlType type) {
        return switch (type) {
            case BYTEA, JSON, JSONB -> read(text, type);
            case DATE -> moment(text).toLocalDate();
            case TIMESTAMP -> moment(text);
            case TIMESTAMPTZ -> moment(text).toInstant(offset(text));
            case INTERVAL -> PgInterval.parse(text);
            default -> Texts.read(text, type);
        };
    }

    private static LocalDateTime moment(String text) {
        Matcher m = matched(text);
        int year = Integer.parseInt(m.group(1));
        LocalDate date = LocalDate.of(
                m.group(6) == null ? year : 1 - year, Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
        String time = m.group(4);
        return date.atTime(time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time));
    }

    private static ZoneOffset offset(String text) {
        String offset = matched(text).group(5);
        if (offset == null) {
            throw new IllegalArgumentException("a moment without offset");
        }
        return ZoneOffset.of(offset);
    }

    private static Matcher matched(String text) {
        Matcher m = MOMENT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("no finite date");
        }
        return m;
    }
}
