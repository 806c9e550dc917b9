package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.Description;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.QueryOptions;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.type.TextStyle;
import io.weir.query.wire.type.TypeCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** bytea, json, jsonb and arrays: handed on as the source has them where rows are granted, counted elsewhere, and nothing else. */
class OpaqueColumnsIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final TextStyle UTC = new TextStyle(ZoneId.of("UTC"), 1);

    private static OpaqueRoad opaque;

    @BeforeAll
    static void letters() throws IOException, SQLException {
        opaque = new OpaqueRoad();
    }

    private static DemoRoad.Session aggregates() {
        return opaque.aggregates();
    }

    private static DemoRoad.Session rows() {
        return opaque.rows();
    }

    private static Description description(DemoRoad.Session session, String sql) {
        return session.desk()
                .prepare(session.asker(), sql, List.of(), new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO))
                .orThrow()
                .description();
    }

    /** Rows as the wire prints them in a session of UTC. */
    private static List<List<@Nullable String>> printed(DemoRoad.Session session, String sql) {
        List<SqlType> types = description(session, sql).columns().stream()
                .map(c -> c.type().type())
                .toList();
        DemoRoad.Result result = session.run(sql);
        assertThat(result.problem()).as(sql).isNull();
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : result.rows()) {
            List<@Nullable String> line = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                line.add(row.get(i) == null ? null : text(types.get(i), row.get(i)));
            }
            rows.add(line);
        }
        return rows;
    }

    @SuppressWarnings("unchecked")
    private static String text(SqlType type, @Nullable Object value) {
        MessageOutput out = new MessageOutput(64);
        ((TypeCodec<Object>) TypeCodec.of(type)).writeText(type.javaClass().cast(value), UTC, out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static List<List<@Nullable String>> truth(String sql) {
        return ROAD.truthAsText("UTC", sql);
    }

    private static Problem refusal(DemoRoad.Session session, String sql) {
        Problem problem = session.run(sql).problem();
        if (problem == null) {
            throw new AssertionError("should have been refused: " + sql);
        }
        return problem;
    }

    @ParameterizedTest
    @MethodSource("io.weir.query.OpaqueRoad#shapes")
    void referenceDataAreHandedOnAsTheSourceHasThem(String column) {
        String sql = "select id, %s from hospital.shapes order by id";
        assertThat(printed(aggregates(), sql.formatted(column)))
                .hasSize(3)
                .isEqualTo(truth(sql.formatted(column + "::text")));
    }

    @Test
    void rowsAreHandedOnAsTheSourceHasThem() {
        List<List<@Nullable String>> ours =
                printed(rows(), "select body, raw, scan, tags, readings, days from hospital.letters");
        List<List<@Nullable String>> theirs =
                truth("select body::text, raw::text, scan::text, tags::text, readings::text, days::text"
                        + " from hospital.letters where not opted_out");
        assertThat(ours).isNotEmpty().containsExactlyInAnyOrderElementsOf(theirs);
    }

    @Test
    void typesAreDescribedAsInPostgres() {
        assertThat(description(
                                rows(),
                                "select body, raw, scan, tags, readings, days, note, withheld from hospital.letters")
                        .columns()
                        .stream()
                        .map(c -> c.type().type()))
                .containsExactly(
                        SqlType.JSONB,
                        SqlType.JSON,
                        SqlType.BYTEA,
                        SqlType.TEXT_ARRAY,
                        SqlType.NUMERIC_ARRAY,
                        SqlType.DATE_ARRAY,
                        SqlType.JSONB,
                        SqlType.BYTEA);
        assertThat(description(aggregates(), "select n2, v from hospital.shapes").columns().stream()
                        .map(c -> c.type().typmod()))
                .containsExactly((6 << 16 | 2) + 4, 5 + 4);
    }

    @Test
    void whatNeverLeavesIsNull() {
        assertThat(printed(rows(), "select note, withheld from hospital.letters limit 5"))
                .hasSize(5)
                .allMatch(row -> row.get(0) == null && row.get(1) == null);
        assertThat(refusal(aggregates(), "select count(note) from hospital.letters")
                        .code())
                .isEqualTo(ProblemCode.TEXT_USE);
    }

    @Test
    void valuesAreCountedAndAskedForNull() {
        for (String expression : List.of(
                "count(body)",
                "count(*) filter (where body is not null)",
                "count(tags)",
                "count(distinct patient_id) filter (where tags is null)",
                "sum(case when body is null then 1 else 0 end)")) {
            long real = ROAD.truthOfOneNumber("select " + expression + " from hospital.letters where not opted_out");
            DemoRoad.Result ours = aggregates().run("select " + expression + " from hospital.letters");
            assertThat(ours.problem()).as(expression).isNull();
            assertThat(((Number) java.util.Objects.requireNonNull(
                                    ours.rows().getFirst().getFirst()))
                            .longValue())
                    .as(expression)
                    .isEqualTo(Math.round(real / 5.0) * 5);
        }
        assertThat(aggregates()
                        .run("select count(*) from hospital.letters where body is not null and tags is null")
                        .problem())
                .isNull();
        assertThat(rows().run("select raw from hospital.letters where body is null limit 3")
                        .rows())
                .hasSize(3);
        assertThat(aggregates()
                        .run("select id from hospital.shapes where jb is null")
                        .rows())
                .isEqualTo(List.of(List.of(3)));
        assertThat(aggregates()
                        .run("select count(jb), count(*) from hospital.shapes")
                        .rows())
                .isEqualTo(List.of(List.of(2L, 3L)));
    }

    @Test
    void aCountOfFewPeopleIsHiddenAsAnyOther() {
        List<@Nullable Object> row = aggregates()
                .run("select count(scan), count(*) from hospital.letters")
                .rows()
                .getFirst();
        assertThat(row.get(0)).isNull();
        assertThat(row.get(1)).isNotNull();
        assertThat(aggregates()
                        .run("select count(*) from hospital.letters where scan is not null")
                        .rows())
                .isEqualTo(List.of(java.util.Arrays.asList((Object) null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select body, count(*) from hospital.letters group by body",
                "select count(distinct body) from hospital.letters",
                "select count(distinct tags) from hospital.letters",
                "select min(tags), count(*) from hospital.letters",
                "select mode() within group (order by tags) from hospital.letters",
                "select count(*) from hospital.letters where body = '{}'",
                "select count(*) from hospital.letters where body = '{}'::jsonb",
                "select count(*) from hospital.letters where tags = '{a}'",
                "select count(*) from hospital.letters where tags = ARRAY['a']",
                "select count(*) from hospital.letters where tags IN ('{a}', '{b}')",
                "select count(*) from hospital.letters where tags > '{a}'",
                "select count(*) from hospital.letters where tags IS DISTINCT FROM '{a}'",
                "select count(*) from hospital.letters where scan = '\\x00'",
                "select count(*) from hospital.letters where body::text LIKE '%x%'",
                "select count(*) from hospital.letters where cast(raw as text) = 'x'",
                "select count(*) from hospital.letters where body ->> 'n' = '1'",
                "select count(*) from hospital.letters where body @> '{}'",
                "select count(*) from hospital.letters where tags[1] = 'a'",
                "select count(*) from hospital.letters where 'a' = ANY (tags)",
                "select count(*) from hospital.letters where patient_id = ANY (readings)",
                "select count(*) from hospital.letters where array_length(tags, 1) = 2",
                "select count(*) from hospital.letters where cardinality(tags) = 2",
                "select count(*) from hospital.letters where length(scan) = 2",
                "select count(*) from hospital.letters where jsonb_typeof(body) = 'object'",
                "select count(*) from hospital.letters where coalesce(body, '{}') is null",
                "select count(case when body is null then body end) from hospital.letters",
                "select count(coalesce(tags, '{}')) from hospital.letters",
                "select count(nullif(tags, '{}')) from hospital.letters",
                "select count(*) from hospital.letters a join hospital.letters b on a.patient_id = b.patient_id and a.tags = b.tags",
                "select count(*) from hospital.letters where tags in (select tags from hospital.letters)",
                "select count(*) from hospital.letters a where exists (select 1 from hospital.letters b where b.patient_id = a.patient_id and b.body = a.body)",
                "select count(*) from (select distinct patient_id, tags from hospital.letters) x",
                "select count(*) from (select patient_id, max(tags) t from hospital.letters group by patient_id) x",
                "select count(*) from (select patient_id, row_number() over (partition by patient_id order by tags) n from hospital.letters) x where n = 1",
                "select count(*) from (select patient_id, lag(tags) over (partition by patient_id order by letter_id) n from hospital.letters) x",
                "select body from hospital.letters",
                "select array_agg(body) from hospital.letters",
                "select body::text, count(*) from hospital.letters group by 1",
                "select upper(tags), count(*) from hospital.letters group by 1",
                "select tags || 'x', count(*) from hospital.letters group by 1",
                "select count(unnest(tags)) from hospital.letters",
                "select count(*) from hospital.letters, unnest(tags) t",
                "select (select max(tags) from hospital.letters)",
                "select count(*) from hospital.letters group by tags having count(*) > 10",
                "select distinct jb from hospital.shapes",
                "select jb from hospital.shapes order by jb",
                "select jb, count(*) from hospital.shapes group by jb",
                "select id from hospital.shapes where i4 = '{1}'",
                "select id from hospital.shapes where 1 = ANY (i4)",
                "select jb::text from hospital.shapes",
                "select jb from hospital.shapes union select jb from hospital.shapes",
                "select jb from hospital.shapes intersect select jb from hospital.shapes",
                "select max(i4) from hospital.shapes",
                "select coalesce(jb, '{}') from hospital.shapes",
                "select first_value(jb) over (order by id) from hospital.shapes",
                "select rank() over (order by i4) from hospital.shapes",
                "select id, row_number() over (partition by t) from hospital.shapes",
                "select (select jb from hospital.shapes where id = 1)",
                "select id from hospital.shapes where (jb is null) = (i4 = t)",
                "select greatest(i4, i4) from hospital.shapes",
                "select case id when 1 then b end from hospital.shapes"
            })
    void everythingElseIsRefused(String sql) {
        Problem problem = refusal(aggregates(), sql);
        assertThat(problem.code())
                .as(problem.toString())
                .isIn(
                        ProblemCode.UNSUPPORTED,
                        ProblemCode.UNKNOWN_FUNCTION,
                        ProblemCode.TYPE_MISMATCH,
                        ProblemCode.FUNCTION_USE,
                        ProblemCode.ROWS_NOT_GRANTED,
                        ProblemCode.SYNTAX,
                        ProblemCode.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select body from hospital.letters where body = '{}'",
                "select distinct tags from hospital.letters",
                "select tags from hospital.letters order by tags",
                "select body::text from hospital.letters",
                "select coalesce(body, '{}') from hospital.letters",
                "select tags[1] from hospital.letters"
            })
    void rowsAreNotComparedOrderedOrChangedEither(String sql) {
        Problem problem = refusal(rows(), sql);
        assertThat(problem.code()).isIn(ProblemCode.UNSUPPORTED, ProblemCode.TYPE_MISMATCH);
        if (problem.code() == ProblemCode.UNSUPPORTED) {
            assertThat(problem.hint()).contains("count(column)");
        }
    }

    @Test
    void aReleaseHoldsThem() {
        DemoRoad.Session ada = aggregates();
        FrozenAnswer frozen = ada.desk()
                .freeze(ada.asker(), "select id, jb, i4, b from hospital.shapes where id = 2")
                .orThrow();
        assertThat(frozen.rows().getFirst().stream()
                        .map(c -> ((FrozenAnswer.Cell.Shown) c).value())
                        .skip(1)
                        .map(v -> v instanceof String s ? s : String.valueOf(v)))
                .first()
                .isEqualTo("{\"a\": [true, null], \"bb\": 100}");
    }

    @Test
    void unionsOfOneTypeHandThemOn() {
        assertThat(
                        printed(
                                aggregates(),
                                "select jb from hospital.shapes where id = 2 union all select jb from hospital.shapes where id = 2"))
                .hasSize(2);
        assertThat(printed(
                        aggregates(),
                        "with x as (select id, t as u from hospital.shapes) select u from x where id = 2"))
                .isEqualTo(truth("select t::text from hospital.shapes where id = 2"));
    }

    private static final long TARGET = 9_100_001;
    private static final long DECOY = 9_100_002;

    /** Two people who look alike exchange who has a picture and tags: no permitted question tells the worlds apart. */
    @Test
    void whoHasAValueIsNotTold() throws SQLException {
        ROAD.database.run(person(TARGET), person(DECOY), letter(TARGET), letter(DECOY));
        try {
            assertThat(world(TARGET, DECOY)).isEqualTo(world(DECOY, TARGET));
        } finally {
            ROAD.database.run(
                    "delete from hospital.letters where patient_id in (" + TARGET + ", " + DECOY + ")",
                    "delete from hospital.patients where patient_id in (" + TARGET + ", " + DECOY + ")");
        }
    }

    private static String person(long id) {
        return "insert into hospital.patients select " + id + ", '" + id
                + "', 'Name', 'Family', date '1971-03-12', 'F', ethnicity,"
                + " lsoa, practice_code, imd_decile, false, registered, null from hospital.patients"
                + " where patient_id = (select min(patient_id) from hospital.patients where patient_id < 9000000 and not opted_out)";
    }

    private static String letter(long patient) {
        return "insert into hospital.letters (letter_id, patient_id, opted_out) values (" + patient + ", " + patient
                + ", false)";
    }

    private static List<DemoRoad.Result> world(long holder, long other) throws SQLException {
        ROAD.database.run(
                "update hospital.letters set scan = '\\x01', tags = '{secret}', body = '{}' where patient_id = "
                        + holder,
                "update hospital.letters set scan = null, tags = null, body = null where patient_id = " + other);
        List<DemoRoad.Result> answers = new ArrayList<>();
        for (String sql : List.of(
                "select count(scan) from hospital.letters",
                "select count(scan), count(*) - count(scan) from hospital.letters",
                "select p.sex, count(l.scan), count(l.tags) from hospital.letters l join hospital.patients p on l.patient_id = p.patient_id"
                        + " group by p.sex",
                "select p.practice_code, count(*) from hospital.letters l join hospital.patients p on l.patient_id = p.patient_id"
                        + " where l.tags is not null group by p.practice_code",
                "select p.practice_code, count(l.body), count(*) filter (where l.body is null) from hospital.letters l"
                        + " join hospital.patients p on l.patient_id = p.patient_id group by p.practice_code",
                "select count(distinct l.patient_id) from hospital.letters l where l.scan is not null and l.tags is not null",
                "select count(*) from hospital.patients p where exists (select 1 from hospital.letters l where l.patient_id = p.patient_id"
                        + " and l.scan is not null)",
                "select count(*) from hospital.letters where scan is null ;; select count(*) from hospital.letters")) {
            DemoRoad.Session session = aggregates();
            for (String one : sql.split(" ;; ")) {
                DemoRoad.Result answer = session.run(one);
                assertThat(answer.problem()).as(one).isNull();
                answers.add(answer);
            }
        }
        return answers;
    }
}
