package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.QueryOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** varchar(n), char(n), numeric(p,s) and timestamp(n): what PostgreSQL makes of a value, Weir makes of it too, or refuses. */
class TypeModifierIT {
    private static DemoRoad.Result run(String sql, @Nullable Object... parameters) {
        return DemoRoad.shared().session("ada", "diabetes").run(sql, parameters);
    }

    private static List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
        DemoRoad.Result result = run(sql, parameters);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static List<List<String>> texts(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
    }

    private static List<List<@Nullable Object>> truth(String sql) {
        return DemoRoad.shared().truthAsText(sql);
    }

    private static Problem refusal(String sql) {
        Problem problem = run(sql).problem();
        if (problem == null) {
            throw new AssertionError("should have been refused: " + sql);
        }
        return problem;
    }

    /** Constants beside an aggregate are computed by Weir; PostgreSQL is asked for the same constants. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'abcdef'::varchar(3)",
                "'abcdef'::char(3)",
                "'ab'::char(5)",
                "'ab'::char(5) || 'x'",
                "length('ab'::char(5))",
                "'ab'::char(5)::text || 'x'",
                "'ab  '::bpchar = 'ab'",
                "'ab'::char(5) = 'ab  '",
                "'ab'::char(5) IN ('x', 'ab   ')",
                "'ab  '::varchar(3) = 'ab '",
                "'ab'::char(4) < 'ab b'",
                "'\u00e9\ud83d\ude00x'::varchar(2)",
                "left('\ud83d\ude00x', 1)",
                "12345::varchar(3)",
                "true::varchar(2)",
                "date '2024-03-05'::varchar(7)",
                "12.345::numeric(5,2)",
                "(-12.345)::numeric(5,2)",
                "12::numeric(5,2)",
                "12.5::numeric(5)",
                "'1000.4'::numeric(10,0)",
                "12.5::numeric(5,1)::text",
                "12::numeric(6,3)::text",
                "1.005::float8::numeric(5,2)",
                "0.1::float8::numeric",
                "0.1::real::numeric",
                "2.5::float8::int",
                "3.5::float8::int",
                "2.5::numeric::int",
                "timestamp '2024-01-01 10:11:12.567'::timestamp(0)",
                "timestamp '2024-01-01 10:11:12.567'::timestamp(1)",
                "(2 IN (1.5, 3))",
                "NULL::varchar(3)",
                "CAST('abcdef' AS varchar(2))",
                "CAST(12.345 AS decimal(4,1))",
            })
    void constantsAreWhatPostgresMakesOfThem(String expression) {
        String ours = "select (" + expression + ")::text, count(*) > 0 from hospital.patients";
        String theirs = "select (" + expression + ")::text, true";
        assertThat(texts(rows(ours)))
                .isEqualTo(
                        List.of(List.of(String.valueOf(truth(theirs).getFirst().getFirst()), "true")));
    }

    @Test
    void codesAreCutFromTheirDeclaredLengthAsLeftDoes() {
        String where = " from hospital.admissions where not opted_out";
        Object cut = rows("select count(*) from hospital.admissions where icd10::varchar(3) = 'E11'")
                .getFirst()
                .getFirst();
        long real = Long.parseLong(String.valueOf(truth("select count(*)" + where + " and icd10::varchar(3) = 'E11'")
                .getFirst()
                .getFirst()));
        assertThat(((Number) java.util.Objects.requireNonNull(cut)).longValue()).isEqualTo(Math.round(real / 5.0) * 5);
        List<List<@Nullable Object>> groups =
                rows("select icd10::char(3) k, count(*) from hospital.admissions group by 1");
        assertThat(groups)
                .isNotEmpty()
                .allMatch(row -> String.valueOf(row.getFirst()).length() == 3 || row.getFirst() == null);
        assertThat(texts(groups))
                .isEqualTo(texts(rows("select left(icd10, 3) k, count(*) from hospital.admissions group by 1")));
    }

    @Test
    void aCastThatKeepsEveryValueIsTheSameQuestion() {
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes", published, new RecordingAuditLog());
        ada.run("select provider_code, sum(cost) from hospital.admissions where cost > 100 group by 1");
        int asked = published.size();
        DemoRoad.Result same = ada.run(
                "select provider_code::varchar(3), sum(cost::numeric(12,3)) from hospital.admissions where cost::numeric(12,2) > 100 group by 1");
        assertThat(same.problem()).isNull();
        assertThat(same.rows()).isNotEmpty();
        assertThat(published.size()).isEqualTo(asked);
        ada.run("select icd10, count(*) from hospital.admissions group by 1");
        int codes = published.size();
        ada.run("select icd10::varchar(3), count(*) from hospital.admissions group by 1");
        assertThat(published.size()).isGreaterThan(codes);
    }

    private final MemoryPublishedAnswers published = new MemoryPublishedAnswers();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.admissions where provider_code::varchar(2) = 'Z0'",
                "select icd10::varchar(2), count(*) from hospital.admissions group by 1",
                "select icd10::char(1), count(*) from hospital.admissions group by 1",
                "select count(*) from hospital.admissions where cost::numeric(10,0) = 1000",
                "select cost::numeric(10,1), count(*) from hospital.admissions group by 1",
                "select sum(cost::numeric(8,2)) from hospital.admissions",
                "select avg(cost::numeric(3,0)) from hospital.admissions",
                "select sum((case when method = '11' then cost else 0 end)::numeric(10,0)) from hospital.admissions",
                "select count(distinct cost::numeric(10,-3)) from hospital.admissions",
                "select cost::numeric(10,1)::numeric(10,2), count(*) from hospital.admissions group by 1",
                "select cost from hospital.admissions where cost::numeric(10,0) > 100",
            })
    void cutsAndRoundingOfValuesAboutPeopleAreRefused(String sql) {
        assertThat(refusal(sql).code().sqlState()).isIn("42501", "42601");
    }

    @Test
    void referenceDataAreCutAndRoundedAsInPostgres() {
        for (String sql : List.of(
                "select name::varchar(3), count(*) from hospital.providers where region::varchar(2) <> 'xx' group by 1 order by 1",
                "select name::char(60), provider_code::char(5) from hospital.providers order by 2",
                "select population::numeric(10,1) from hospital.geography order by 1 limit 20",
                "select (population / 7.0)::numeric(10,1) from hospital.geography order by 1 limit 20",
                "select sum((population / 7.0)::numeric(10,0)) from hospital.geography",
                "select (population / 7.0)::int from hospital.geography order by 1 limit 20",
                "select count(*) from hospital.geography where (population / 7.0)::numeric(10,0) = 200",
                "select count(*) from hospital.geography where (population / 7.0)::int = 200",
                "select lsoa::char(12) || 'x', lsoa::char(4) from hospital.geography order by 1 limit 3",
                "select avg(population)::numeric(10,2), max(population)::numeric(12,3) from hospital.geography")) {
            assertThat(texts(rows(sql))).as(sql).isEqualTo(texts(truth(sql)));
        }
    }

    @Test
    void resultsHaveTheDecimalsAndBlanksOfTheTypeThatIsAnnounced() {
        List<@Nullable Object> row = rows("select avg(cost)::numeric(10,2), (count(*)/3.0)::numeric(10,1),"
                        + " count(*)::varchar(2), count(*)::char(12), (avg(cost)::numeric(10,1))::text,"
                        + " count(*)::numeric(12,3) from hospital.admissions where method = '21'")
                .getFirst();
        assertThat(row.get(0))
                .isInstanceOfSatisfying(
                        BigDecimal.class, d -> assertThat(d.scale()).isEqualTo(2));
        assertThat(row.get(1))
                .isInstanceOfSatisfying(
                        BigDecimal.class, d -> assertThat(d.scale()).isEqualTo(1));
        assertThat(String.valueOf(row.get(2))).hasSize(2);
        assertThat(String.valueOf(row.get(3))).hasSize(12).endsWith("  ");
        assertThat(String.valueOf(row.get(4))).matches("\\d+\\.\\d");
        assertThat(row.get(5))
                .isInstanceOfSatisfying(
                        BigDecimal.class, d -> assertThat(d.scale()).isEqualTo(3));
        assertThat(DemoRoad.shared()
                        .session("ben", "flow")
                        .run(
                                "select cost, cost::numeric(12,3), provider_code::char(5) from hospital.admissions limit 5")
                        .rows())
                .hasSize(5)
                .allSatisfy(stay -> {
                    assertThat(stay.get(0))
                            .isInstanceOfSatisfying(
                                    BigDecimal.class, d -> assertThat(d.scale()).isEqualTo(2));
                    assertThat(stay.get(1))
                            .isInstanceOfSatisfying(
                                    BigDecimal.class, d -> assertThat(d.scale()).isEqualTo(3));
                    assertThat(String.valueOf(stay.get(2))).hasSize(5);
                });
    }

    @Test
    void groupsOfCutTextsAreGroupedAfterTheCut() {
        String sql = "select left(k, 2)::varchar(1) z, sum(n)::numeric(10,1) from"
                + " (select provider_code k, count(*) n from hospital.admissions group by 1) x group by 1";
        assertThat(rows(sql)).hasSize(1).allMatch(row -> "Z".equals(row.getFirst()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(*)::numeric(3,1)|numeric field overflow",
                "(count(*) * 1000)::int2|smallint out of range",
                "(count(*) * 10000000)::int|integer out of range",
                "(count(*) * 1e20)::bigint|bigint out of range",
            })
    void numbersWithoutRoomAreOutOfRange(String expression, String sentence) {
        Problem problem = refusal("select " + expression + " from hospital.patients");
        assertThat(problem.code()).isEqualTo(ProblemCode.OUT_OF_RANGE);
        assertThat(problem.code().sqlState()).isEqualTo("22003");
        assertThat(problem.detail()).isEqualTo(sentence);
    }

    @Test
    void boundParametersAreCutToo() {
        assertThat(rows("select count(*) from hospital.patients where sex = $1::varchar(1)", "Fxyz"))
                .isEqualTo(rows("select count(*) from hospital.patients where sex = 'F'"));
    }

    @Test
    void theAnnouncedTypeHasTheModifier() {
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes");
        QueryOptions options = new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO);
        assertThat(ada.desk()
                        .prepare(
                                ada.asker(),
                                "select provider_code::varchar(5), avg(cost)::numeric(10,2) from hospital.admissions group by 1",
                                List.of(),
                                options)
                        .orThrow()
                        .description()
                        .columns())
                .extracting(c -> c.type().typmod())
                .containsExactly(9, (10 << 16 | 2) + 4);
    }
}
