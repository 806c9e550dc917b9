package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.respond.RowEncoder;
import io.weir.query.type.ValueForm;
import io.weir.query.wire.Format;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.type.TextStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows whose plain columns are the source's own bytes are, byte for byte, the rows that are read and written anew. */
class PassedBytesIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final String COLUMNS =
            "flag, small, whole, large, single, double, exact, fixed, words, short, padded, day, clock, local, moment, key, span, never, loose, banded";

    /** Where nothing is in the way: all but blank-padded texts, intervals, and what is withheld. */
    private static final List<String> PASSED = List.of(
            "flag", "small", "whole", "large", "single", "double", "exact", "fixed", "words", "short", "day", "clock",
            "local", "moment", "key", "loose", "banded");

    private static final String TABLE = """
            CREATE TABLE hospital.plains (id int PRIMARY KEY, patient_id bigint, opted_out bool, flag bool, small int2, whole int4, large int8, single float4,
              double float8, exact numeric, fixed numeric(9,2), words text, short varchar(5), padded char(4), day date, clock time,
              local timestamp, moment timestamptz, key uuid, span interval, never text);
            INSERT INTO hospital.plains
              SELECT n, p.patient_id, false, flag, small, whole, large, single, double, exact, fixed, words, short, padded, day, clock, local, moment, key,
                     span, never FROM (VALUES
                (1, true, (-32768)::int2, -2147483648, -9223372036854775808, 1.5::float4, 0.1::float8, 12.3450, 1234567.80, 'é "q", \\ {}', 'abcde',
                 'ab', date '2024-02-29', time '13:14:15.16', timestamp '2024-02-29 13:14:15.123456', timestamptz '2024-07-01 12:00:00.5+02',
                 uuid '12345678-9abc-def0-1234-56789abcdef0', interval '14 mons -3 days 04:05:06.789', 'secret'),
                (2, false, 32767::int2, 2147483647, 9223372036854775807, 'NaN'::float4, '-Infinity'::float8, 'NaN', 0, '', '', '', date '0044-03-15 BC',
                 time '00:00', timestamp '0044-03-15 01:02:03 BC', timestamptz '12345-01-01 00:00+00', uuid '00000000-0000-0000-0000-000000000000',
                 interval '0', 'secret'),
                (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                (4, true, 0::int2, 0, 0, 1e20::float4, 1e-7::float8, -0.000000000000000000000000000012300, -0.01, repeat('日本', 400), '🎈', '🎈',
                 date 'infinity', time '23:59:59.999999', timestamp 'infinity', timestamptz '-infinity', gen_random_uuid(), interval '-1 year', NULL),
                (5, false, (-1)::int2, -1, -1, '-0'::float4, 1e15::float8, 'Infinity', NULL, E'tab\\t', ' a ', ' a', date '-infinity', time '01:02:03.1',
                 timestamp '1582-10-10 00:00:00.000001', timestamptz '1883-11-18 12:03:58-05', gen_random_uuid(), interval '1 day', ''),
                (6, true, 7::int2, 10000, 100000000, 3.4028235e38::float4, 2.2250738585072014e-308::float8, 1e100, 9999999.99, NULL, NULL, NULL,
                 date '0001-01-01', time '12:00', timestamp '294276-12-31 23:59:59.999999', timestamptz '2024-03-31 01:30+00', NULL, NULL, NULL)
              ) v(n, flag, small, whole, large, single, double, exact, fixed, words, short, padded, day, clock, local, moment, key, span, never),
              LATERAL (SELECT patient_id FROM hospital.patients WHERE NOT opted_out ORDER BY patient_id OFFSET v.n LIMIT 1) p(patient_id);
            ALTER TABLE hospital.plains ADD COLUMN loose numeric, ADD COLUMN banded numeric(9,2);
            UPDATE hospital.plains SET loose = (ARRAY[12.345, 7, NULL, -0.5, 'NaN', 1e30])[id], banded = fixed;
            CREATE TABLE hospital.marks (id int PRIMARY KEY);
            """;

    private static final String COLUMN_LINES = """
            - {name: flag, type: boolean, class: attribute, description: Value}
            - {name: small, type: smallint, class: attribute, description: Value}
            - {name: whole, type: integer, class: attribute, description: Value}
            - {name: large, type: bigint, class: attribute, description: Value}
            - {name: single, type: real, class: attribute, description: Value}
            - {name: double, type: double precision, class: attribute, description: Value}
            - {name: exact, type: numeric, class: attribute, description: Value}
            - {name: fixed, type: "numeric(9,2)", class: attribute, description: Value}
            - {name: words, type: text, class: attribute, description: Value}
            - {name: short, type: varchar(5), class: attribute, description: Value}
            - {name: padded, type: char(4), class: attribute, description: Value}
            - {name: day, type: date, class: attribute, description: Value}
            - {name: clock, type: time, class: attribute, description: Value}
            - {name: local, type: timestamp, class: attribute, description: Value}
            - {name: moment, type: timestamptz, class: attribute, description: Value}
            - {name: key, type: uuid, class: attribute, description: Value}
            - {name: span, type: interval, class: attribute, description: Value}
            - {name: loose, type: "numeric(9,2)", class: attribute, description: Other decimals than the source has}
            - {name: banded, type: "numeric(9,2)", class: attribute, description: By hundreds, rowView: {width: 100}}
            - {name: never, type: text, class: attribute, description: Not shown, aggregateView: withhold, rowView: withhold}
            """;

    private static final String MARKS = """
            name: hospital.marks
            source: hospital
            kind: reference
            description: Marks
            owner: aldermere-trust
            recordKey: [id]
            columns:
              - {name: id, type: integer, class: public, description: Number, nullable: false}
            """;

    private static DemoRoad.Session session;

    @BeforeAll
    static void plains() throws IOException, SQLException {
        try (Connection connection = ROAD.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        PolicySnapshot policy = ROAD.policy("passed-policy", directory -> write(directory));
        session = ROAD.session(
                "ben", "flow", new MemoryPublishedAnswers(), new RecordingAuditLog(), ROAD.connector, () -> policy);
    }

    private static void write(Path directory) throws IOException {
        Files.writeString(
                directory.resolve("datasets/plains.yaml"),
                PersonalDataset.yaml("hospital.plains", "id", "plain", COLUMN_LINES));
        Files.writeString(directory.resolve("datasets/marks.yaml"), MARKS);
        DemoRoad.grant(directory, "hospital.plains", "hospital.marks");
    }

    private record Rows(List<@Nullable Object[]> rows, List<AnswerColumn> columns) {}

    private static QueryDesk.Prepared prepared(String sql, boolean flags) {
        return session.desk()
                .prepare(session.asker(), sql, List.of(), new QueryOptions(flags, ZoneOffset.UTC, Duration.ZERO))
                .orThrow();
    }

    private static Rows read(String sql, boolean flags, List<ValueForm> forms) {
        QueryDesk.Prepared prepared = prepared(sql, flags);
        Outcome<Answer> outcome = forms.isEmpty() ? prepared.execute(List.of()) : prepared.execute(List.of(), forms);
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Answer answer = outcome.orThrow()) {
            answer.fetch(0, rows::add);
            return new Rows(rows, answer.columns());
        }
    }

    private static byte[] written(RowEncoder encoder, Rows rows) {
        MessageOutput out = new MessageOutput(1024);
        rows.rows().forEach(row -> encoder.row(row, out));
        return out.drain();
    }

    private static List<String> passed(Rows rows) {
        return IntStream.range(0, rows.columns().size())
                .filter(i -> rows.rows().stream().anyMatch(row -> row[i] instanceof byte[]))
                .mapToObj(i -> rows.columns().get(i).label())
                .toList();
    }

    static Stream<TextStyle> styles() {
        ZoneId utc = ZoneId.of("UTC");
        TextStyle plain = new TextStyle(utc, 1);
        return Stream.of(
                plain,
                new TextStyle(ZoneId.of("Europe/London"), 3),
                new TextStyle(utc, 0),
                new TextStyle(
                        utc,
                        1,
                        TextStyle.Dates.GERMAN,
                        TextStyle.DayOrder.DMY,
                        TextStyle.Intervals.ISO_8601,
                        TextStyle.Bytes.HEX));
    }

    /** Columns that passed, in an answer that is the same when every value is read and written. */
    private static List<String> passedAlike(Format format, TextStyle style, String order) {
        String sql = "select " + COLUMNS + " from hospital.plains order by " + order;
        Rows values = read(sql, false, List.of());
        RowEncoder encoder = new RowEncoder(values.columns(), List.of(format), style);
        Rows bytes = read(sql, false, encoder.forms());
        assertThat(values.rows()).hasSize(6);
        assertThat(passed(values)).isEmpty();
        assertThat(written(encoder, bytes)).isEqualTo(written(encoder, values));
        return passed(bytes);
    }

    @ParameterizedTest
    @MethodSource("styles")
    void textIsTheSameWhetherItPassesOrIsWritten(TextStyle style) {
        List<String> expected = new ArrayList<>(PASSED);
        if (style.dates() != TextStyle.Dates.ISO) {
            expected.removeAll(List.of("day", "local"));
        }
        if (style.dates() != TextStyle.Dates.ISO || !style.zone().getId().equals("UTC")) {
            expected.remove("moment");
        }
        if (style.extraFloatDigits() < 1) {
            expected.removeAll(List.of("single", "double"));
        }
        assertThat(passedAlike(Format.TEXT, style, "whole nulls last, large")).isEqualTo(expected);
    }

    /** The driver of the source receives booleans as text. */
    @ParameterizedTest
    @MethodSource("styles")
    void binaryIsTheSameWhetherItPassesOrIsWritten(TextStyle style) {
        List<String> expected = new ArrayList<>(PASSED);
        expected.remove("flag");
        assertThat(passedAlike(Format.BINARY, style, "large, whole nulls last")).isEqualTo(expected);
    }

    /** As drivers ask: numbers and dates in binary, texts as text. One source statement cannot serve every column; none comes out wrong. */
    @Test
    void formatsMayDifferFromColumnToColumn() {
        String sql = "select large, words, day, whole from hospital.plains order by exact nulls last, large";
        Rows values = read(sql, false, List.of());
        RowEncoder encoder = new RowEncoder(
                values.columns(),
                List.of(Format.BINARY, Format.TEXT, Format.BINARY, Format.TEXT),
                new TextStyle(ZoneOffset.UTC, 1));
        Rows bytes = read(sql, false, encoder.forms());
        assertThat(written(encoder, bytes)).isEqualTo(written(encoder, values));
        assertThat(passed(bytes)).containsExactly("large", "words", "day");
    }

    /** The statement is prepared at the source in one form and then asked for in the other, on whatever connection comes. */
    @Test
    void theFormMayChangeFromRunToRun() {
        String sql = "select whole, day, exact from hospital.plains order by whole nulls last";
        Rows values = read(sql, false, List.of());
        for (int run = 0; run < 12; run++) {
            Format format = run % 3 == 1 ? Format.BINARY : Format.TEXT;
            RowEncoder encoder = new RowEncoder(values.columns(), List.of(format), new TextStyle(ZoneOffset.UTC, 1));
            Rows bytes = run % 4 == 3 ? read(sql, false, List.of()) : read(sql, false, encoder.forms());
            assertThat(written(encoder, bytes)).as("run " + run).isEqualTo(written(encoder, values));
        }
    }

    /** Whatever a receiver asks for. */
    @ParameterizedTest
    @EnumSource(ValueForm.class)
    void identifiersNeverPass(ValueForm form) {
        String sql = "select id, patient_id, id as same, never from hospital.plains";
        Rows rows = read(sql, false, java.util.Collections.nCopies(4, form));
        List<List<Object>> numbers = ROAD.truth("select id, patient_id from hospital.plains");
        assertThat(rows.rows()).hasSize(6);
        assertThat(rows.rows()).allSatisfy(row -> {
            assertThat(row[0]).isInstanceOf(String.class).isEqualTo(row[2]);
            assertThat(row[1]).isInstanceOf(String.class);
            assertThat(numbers.stream().flatMap(List::stream).map(String::valueOf))
                    .doesNotContain(String.valueOf(row[0]), String.valueOf(row[1]));
            assertThat(row[3]).isNull();
        });
    }

    @Test
    void flaggedRowsAreValues() {
        QueryDesk.Prepared prepared = prepared("select whole, words from hospital.plains", true);
        int columns = prepared.description().columns().size();
        Rows rows = read(
                "select whole, words from hospital.plains",
                true,
                java.util.Collections.nCopies(columns, ValueForm.TEXT));
        assertThat(rows.rows())
                .hasSize(6)
                .allSatisfy(
                        row -> assertThat(Arrays.asList(row)).hasSize(4).noneMatch(value -> value instanceof byte[]));
    }

    /** A cast makes another type of it than the source's column has. */
    @Test
    void whatIsCalculatedPassesOnlyUnderItsOwnType() {
        List<String> answered = new ArrayList<>();
        for (String expression : List.of(
                "whole::bigint",
                "whole + 1",
                "fixed::numeric(12,4)",
                "fixed + 1",
                "words || '!'",
                "short::text",
                "day + 1",
                "day::timestamp",
                "local::date",
                "coalesce(whole, 0)",
                "whole::text",
                "case when flag then large else 0 end",
                "'constant'",
                "null::int")) {
            String sql = "select " + expression + " as x from hospital.plains where short = 'abcde' or flag is null";
            if (session.run(sql).problem() != null) {
                continue;
            }
            answered.add(expression);
            Rows values = read(sql, false, List.of());
            for (Format format : Format.values()) {
                RowEncoder encoder =
                        new RowEncoder(values.columns(), List.of(format), new TextStyle(ZoneOffset.UTC, 1));
                Rows bytes = read(sql, false, encoder.forms());
                assertThat(values.rows()).as(expression).hasSize(2);
                assertThat(written(encoder, bytes)).as(expression).isEqualTo(written(encoder, values));
            }
        }
        assertThat(answered).contains("whole::bigint", "short::text", "day + 1", "coalesce(whole, 0)", "'constant'");
    }
}
