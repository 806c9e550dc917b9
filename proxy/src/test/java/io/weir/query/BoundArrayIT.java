package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.QueryOptions;
import io.weir.query.type.PgArray;
import io.weir.query.type.SqlType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code = ANY ($1)} and {@code <> ALL ($1)} over an array that is bound or written out mean what IN and NOT IN mean, and are ruled alike. */
class BoundArrayIT {
    private static final String ADMISSIONS = "select count(*) from hospital.admissions where ";

    private static DemoRoad.Result run(String sql, @Nullable Object... parameters) {
        return DemoRoad.shared().session("ada", "diabetes").run(sql, parameters);
    }

    private static List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
        DemoRoad.Result result = run(sql, parameters);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static Problem refusal(String sql, @Nullable Object... parameters) {
        Problem problem = run(sql, parameters).problem();
        if (problem == null) {
            throw new AssertionError("should have been refused: " + sql);
        }
        return problem;
    }

    private static PgArray array(@Nullable Object... elements) {
        return PgArray.of(Arrays.asList(elements));
    }

    /** Nothing is what is no number; and it is no error of ours. */
    @Test
    void whatIsNoNumberIsAskedFor() {
        String people = "select count(*) from hospital.patients where imd_decile = any ($1::float8[])";
        assertThat(rows(people, array(3.0, Double.NaN, Double.NEGATIVE_INFINITY)))
                .isEqualTo(rows("select count(*) from hospital.patients where imd_decile in (3)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method = ANY ($1)|method IN ('11', '21')",
                "method = SOME ($1)|method IN ('11', '21')",
                "method = ANY ($1::text[])|method IN ('11', '21')",
                "method = ANY (CAST($1 AS varchar[]))|method IN ('11', '21')",
                "method <> ALL ($1)|method NOT IN ('11', '21')",
                "NOT method = ANY ($1)|method NOT IN ('11', '21')",
                "method <> ANY ($1)|method <> '11' OR method <> '21'",
                "method = ALL ($1)|method = '11' AND method = '21'",
                "(method = ANY ($1)) IS NOT TRUE|(method IN ('11', '21')) IS NOT TRUE",
                "method = ANY ($1) AND provider_code IS NOT NULL|method IN ('11', '21') AND provider_code IS NOT NULL",
            })
    void aBoundArrayIsTheListWrittenOut(String bound, String written) {
        assertThat(rows(ADMISSIONS + bound, array("11", "21"))).isEqualTo(rows(ADMISSIONS + written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method = ANY ('{11,21}')|method IN ('11', '21')",
                "method = ANY ('{11,21}'::text[])|method IN ('11', '21')",
                "method = ANY (('{\"11\", 21}'::_text))|method IN ('11', '21')",
                "method = ANY (ARRAY['11', '21'])|method IN ('11', '21')",
                "method = ANY (ARRAY['11', '21']::varchar[])|method IN ('11', '21')",
                "method = ANY (ARRAY[['11'], ['21']])|method IN ('11', '21')",
                "method <> ALL ('{11,21}')|method NOT IN ('11', '21')",
                "cost = ANY ('{100,200}'::int array)|cost IN (100, 200)",
                "cost = ANY (CAST('{100,200}' AS numeric(8,2)[]))|cost IN (100, 200)",
                "admitted >= ANY ('{2024-01-01,2025-01-01}'::date[])|admitted >= date '2024-01-01' OR admitted >= date '2025-01-01'",
                "method = ANY ('{}')|false",
                "method <> ALL ('{}')|true",
            })
    void anArrayThatIsWrittenOutIsTheList(String array, String written) {
        assertThat(rows(ADMISSIONS + array)).isEqualTo(rows(ADMISSIONS + written));
    }

    @Test
    void aBoundArrayIsTheSameQuestionAsTheList() {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes", published, new RecordingAuditLog());
        ada.run(ADMISSIONS + "method IN ('11', '12', '21')");
        int asked = published.size();
        assertThat(asked).isPositive();
        assertThat(ada.run(ADMISSIONS + "method = ANY ($1)", array("11", "12", "21"))
                        .problem())
                .isNull();
        assertThat(ada.run(ADMISSIONS + "method = ANY ('{11,12,21}')").problem())
                .isNull();
        assertThat(published.size()).isEqualTo(asked);
    }

    @Test
    void emptyArraysNullsAndDimensionsAreAsInPostgres() {
        assertThat(rows(ADMISSIONS + "method = ANY ($1)", array())).isEqualTo(rows(ADMISSIONS + "false"));
        assertThat(rows(ADMISSIONS + "method <> ALL ($1)", array())).isEqualTo(rows(ADMISSIONS + "true"));
        assertThat(rows(ADMISSIONS + "method = ANY ($1)", (Object) null)).isEqualTo(rows(ADMISSIONS + "null::boolean"));
        assertThat(rows(ADMISSIONS + "method = ANY ($1)", array("11", null)))
                .isEqualTo(rows(ADMISSIONS + "method IN ('11', null)"));
        assertThat(rows(ADMISSIONS + "method <> ALL ($1)", array("11", null)))
                .isEqualTo(rows(ADMISSIONS + "method NOT IN ('11', null)"));
        assertThat(rows(
                        ADMISSIONS + "method = ANY ($1)",
                        new PgArray(List.of(2, 1), List.of(5, 0), List.of("11", "21"))))
                .isEqualTo(rows(ADMISSIONS + "method IN ('11', '21')"));
    }

    @Test
    void numbersAndDatesAreRuledElementByElement() {
        String cost = ADMISSIONS + "cost > ANY ($1)";
        assertThat(rows(cost, array(new java.math.BigDecimal("1000"), new java.math.BigDecimal("2000"))))
                .isEqualTo(rows(ADMISSIONS + "cost > 1000 OR cost > 2000"));
        Problem between = refusal(cost, array(new java.math.BigDecimal("1000"), new java.math.BigDecimal("1234")));
        Problem written = refusal(ADMISSIONS + "cost > 1000 OR cost > 1234");
        assertThat(between.code()).isEqualTo(ProblemCode.OFF_GRID).isEqualTo(written.code());
        assertThat(between.hint()).isEqualTo(written.hint());
        assertThat(rows(ADMISSIONS + "admitted < ALL ($1)", array(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 7, 1))))
                .isEqualTo(rows(ADMISSIONS + "admitted < date '2025-01-01' AND admitted < date '2025-07-01'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient_id = ANY ($1)",
                "patient_id <> ALL ($1)",
                "NOT patient_id = ANY ($1)",
                "patient_id = ALL ($1)",
                "patient_id > ANY ($1)",
                "patient_id = ANY ($1::int[])",
                "(patient_id = ANY ($1)) IS NULL"
            })
    void identifiersAreNotComparedThroughArrays(String condition) {
        assertThat(refusal(ADMISSIONS + condition, array(1L, 2L)).code()).isEqualTo(ProblemCode.IDENTIFIER_USE);
    }

    @Test
    void identifiersAreNotComparedWithArraysThatAreWrittenOut() {
        assertThat(refusal(ADMISSIONS + "patient_id = ANY ('{1,2}')").code()).isEqualTo(ProblemCode.IDENTIFIER_USE);
        assertThat(refusal(ADMISSIONS + "patient_id <> ALL (ARRAY[1, 2])").code())
                .isEqualTo(ProblemCode.IDENTIFIER_USE);
    }

    @Test
    void pseudonymsAreFoundThroughArraysWhereRowsAreGranted() {
        DemoRoad.Session ben = DemoRoad.shared().session("ben", "flow");
        List<List<@Nullable Object>> some =
                ben.run("select patient_id from hospital.admissions limit 2").rows();
        Object first = some.getFirst().getFirst();
        DemoRoad.Result found =
                ben.run("select patient_id, method from hospital.admissions where patient_id = ANY ($1)", array(first));
        DemoRoad.Result written =
                ben.run("select patient_id, method from hospital.admissions where patient_id IN ('" + first + "')");
        assertThat(found.problem()).isNull();
        assertThat(found.rows())
                .isNotEmpty()
                .isEqualTo(written.rows())
                .allMatch(row -> String.valueOf(first).equals(row.getFirst()));
    }

    @Test
    void theParameterIsDescribedAsAnArray() {
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes");
        List<SqlType> types = ada.desk()
                .prepare(
                        ada.asker(),
                        ADMISSIONS
                                + "method = ANY ($1) AND cost <> ALL ($2) AND admitted < ANY ($3) AND NOT provider_code = ANY($4::varchar[])",
                        List.of(),
                        new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO))
                .orThrow()
                .description()
                .parameters();
        assertThat(types)
                .containsExactly(SqlType.TEXT_ARRAY, SqlType.NUMERIC_ARRAY, SqlType.DATE_ARRAY, SqlType.VARCHAR_ARRAY);
    }

    @Test
    void longArraysAreAnsweredAndTooLongOnesRefused() {
        PgArray codes = PgArray.of(java.util.stream.IntStream.range(0, 5_000)
                .mapToObj(i -> "c" + i)
                .toList());
        assertThat(run(ADMISSIONS + "method = ANY ($1)", codes).problem()).isNull();
        PgArray more = PgArray.of(Collections.nCopies(10_001, "11"));
        assertThat(refusal(ADMISSIONS + "method = ANY ($1)", more).code()).isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.admissions where method LIKE ANY ('{1%,2%}')",
                "select count(*) from hospital.admissions where $1 = ARRAY['11']",
                "select '{1,2}'::int[], count(*) from hospital.admissions",
                "select count(*) from hospital.admissions where ARRAY[method] = $1",
                "select array_agg(method) from hospital.admissions",
                "select count(*) from hospital.admissions where method = ANY (string_to_array('11,21', ','))",
                "select count(*) from hospital.admissions where method = ($1::text[])[1]",
                "select count(*) from hospital.admissions where array_position($1, method) > 0",
                "select count(*) from hospital.admissions where method = ANY ('11,21')"
            })
    void otherArraysAreRefused(String sql) {
        Problem problem = sql.contains("$1") ? refusal(sql, array("11")) : refusal(sql);
        assertThat(problem.code())
                .isIn(
                        ProblemCode.UNSUPPORTED,
                        ProblemCode.UNKNOWN_FUNCTION,
                        ProblemCode.INVALID_VALUE,
                        ProblemCode.TYPE_MISMATCH);
    }
}
