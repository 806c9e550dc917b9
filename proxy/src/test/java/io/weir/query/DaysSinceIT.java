package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days between a date of people, whose grid is the month, and a day that the asker chooses: bounded only where the date is. */
class DaysSinceIT {
    private static DemoRoad.Result run(String sql, @Nullable Object... parameters) {
        return HonestRoad.shared().analyst("cohort").run(sql, parameters);
    }

    private static List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
        DemoRoad.Result result = run(sql, parameters);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static void refused(String sql, ProblemCode code) {
        DemoRoad.Result result = run(sql);
        assertThat(result.problem()).as(sql).isNotNull();
        assertThat(result.problem().code()).as(sql).isEqualTo(code);
        assertThat(result.problem().hint()).as(sql).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admitted - date '2024-03-01' >= 14",
                "14 <= admitted - date '2024-03-01'",
                "not admitted - date '2024-03-01' < 14",
                "date '2024-03-01' - admitted > 14",
                "admitted - date '2024-03-01' = 14",
                "admitted - date '2024-03-01' <> 14",
                "admitted - date '2024-03-01' is distinct from 14",
                "admitted - date '2024-03-01' in (0, 14)",
                "admitted - date '2024-03-01' between 0 and 13",
                "(admitted - date '2024-03-01')::numeric >= 14.5",
                "(admitted - date '2024-03-01')::text = '14'",
                "coalesce(admitted - date '2024-03-01', 0) >= 14",
                "nullif(admitted - date '2024-03-01', 14) is null",
                "case when method = '11' then admitted - date '2024-03-01' end >= 14",
                "admitted - case when method = '11' then date '2024-03-15' else date '2024-03-15' end >= 0",
                "coalesce(discharged, date '2024-03-15') - admitted > 30",
                "coalesce(discharged, current_date) - admitted > 30",
                "current_date - admitted <= 30",
                "admitted_at::date - date '2024-03-01' >= 14",
                "date_trunc('month', admitted)::date - date '2024-03-01' >= 14",
                "greatest(admitted - date '2024-03-01', discharged - date '2024-03-01') >= 14",
                "discharged - date '2024-03-01' >= 14",
                "admitted || '' = '2024-03-15'",
                "(admitted - date '2024-03-01') || '' = '14'",
            })
    void aBoundInTheMiddleOfAMonthIsRefusedInDaysToo(String condition) {
        refused("select count(*) from hospital.admission where " + condition, ProblemCode.OFF_GRID);
        refused("select count(*) filter (where " + condition + ") from hospital.admission", ProblemCode.OFF_GRID);
        refused(
                "select case when " + condition + " then 1 else 0 end k, count(*) from hospital.admission group by 1",
                ProblemCode.OFF_GRID);
        refused(
                "select count(*) from hospital.person p where exists (select 1 from hospital.admission where person_id = p.person_id and "
                        + condition + ")",
                ProblemCode.OFF_GRID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(admitted - date '2024-03-01') % 7",
                "(admitted - date '2024-03-01') / 30",
                "mod(current_date - admitted, 7)",
                "floor((admitted - date '2024-03-01') / 30.0)",
                "round((admitted - date '2024-03-01') / 30.0)",
                "ceil((current_date - admitted) / 365.25)",
                "(coalesce(discharged, current_date) - admitted) / 7",
                "width_bucket(admitted - date '2024-03-01', 0, 140, 10)",
            })
    void norAreBandsOfDaysMade(String key) {
        refused("select " + key + ", count(*) from hospital.admission group by 1", ProblemCode.OFF_GRID);
        refused("select count(distinct " + key + ") from hospital.admission", ProblemCode.OFF_GRID);
        refused("select count(*) from hospital.admission where " + key + " = 1", ProblemCode.OFF_GRID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a >= 14",
                "b > 14",
                "a = 14",
                "a % 7 = 0",
                "a / 30 = 1",
                "a::text = '14'",
                "s >= 20",
                "a >= b",
                "a = b",
                "a > n",
                "a - b > 0",
                "abs(a) < 14",
                "-a < -14",
                "greatest(a, b) = a",
                "greatest(a, n) = n",
                "nullif(a, b) is null",
            })
    void norOnceASubQueryHasThem(String condition) {
        String perPerson =
                " from (select person_id, max(admitted - date '2024-03-01') a, min(date '2024-04-01' - admitted) b,"
                        + " sum(admitted - date '2024-03-01') s, count(*) n from hospital.admission group by person_id) x";
        assertThat(run("select count(*)" + perPerson + " where " + condition).problem())
                .as(condition)
                .isNotNull();
        assertThat(run("with x as (select *" + perPerson + ") select count(*) from x where " + condition)
                        .problem())
                .as(condition)
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from (select person_id, lag(admitted - date '2024-03-01') over (partition by person_id order by admitted) l from hospital.admission) x where l >= 14",
                "select count(*) from (select person_id from hospital.admission group by person_id having max(admitted - date '2024-03-01') >= 14) x",
                "select count(*) from hospital.admission a join hospital.person p on a.person_id = p.person_id and a.admitted - date '2024-03-01' >= 14",
                "select count(*) from hospital.person p left join hospital.admission a on a.person_id = p.person_id and a.admitted - date '2024-03-01' >= 14",
                "select d, count(*) from generate_series(14, 20) d join hospital.admission a on a.admitted - date '2024-03-01' = d group by 1",
                "select d, count(a.admission_id) from generate_series(14, 20) d left join hospital.admission a on a.admitted - date '2024-03-01' <= d group by 1",
                "select sex, count(*) from hospital.person p join lateral (select count(*) n from hospital.admission a where a.person_id = p.person_id and a.admitted - date '2024-03-01' >= 14) x on true group by 1",
                "select sum(case when admitted - date '2024-03-01' >= 14 then 1 else 0 end) from hospital.admission",
                "select extract(year from age(coalesce(discharged, date '2024-03-15'), admitted)), count(*) from hospital.admission group by 1",
                "select extract(year from age(case when method = '11' then date '2024-03-15' else date '2024-03-15' end, admitted)), count(*) from hospital.admission group by 1",
            })
    void norAnywhereElse(String sql) {
        refused(sql, ProblemCode.OFF_GRID);
    }

    /** Which of two records is nearer to a day is a bound in the middle between them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abs(admitted - date '2024-03-01')",
                "(admitted - date '2024-03-01') * (admitted - date '2024-04-01')",
                "abs(cost - 1234.56)",
            })
    void recordsAreNotPutInOrderByHowNearTheyAre(String order) {
        refused(
                "select count(*) from (select method, row_number() over (partition by person_id order by " + order
                        + ") r from hospital.admission) x where r = 1 and method = '11'",
                ProblemCode.COMPARISON);
    }

    @Test
    void norInALateralSubQuery() {
        refused(
                "select count(*) from hospital.person p join lateral (select a.method from hospital.admission a where a.person_id = p.person_id"
                        + " order by abs(a.admitted - date '2024-03-01') limit 1) x on true where x.method = '11'",
                ProblemCode.COMPARISON);
        assertThat(rows(
                        "select count(*) from hospital.person p join lateral (select a.method from hospital.admission a where a.person_id = p.person_id"
                                + " order by a.admitted - date '2024-03-01' limit 1) x on true where x.method = '11'"))
                .isNotEmpty();
    }

    /** Reference data is what its row says, and the asker names the row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "o.condition_start_date >= c.valid_start_date",
                "o.condition_start_date >= c.valid_start_date + 13",
                "o.condition_start_date - 13 < c.valid_end_date",
                "o.condition_start_date = c.valid_end_date",
                "greatest(o.condition_start_date, c.valid_start_date) > c.valid_start_date",
                "o.condition_start_date - c.valid_start_date >= 14",
                "extract(year from age(c.valid_start_date, o.condition_start_date)) > 1",
            })
    void aDateOfReferenceDataIsADayOfTheAskers(String condition) {
        assertThat(omop(condition).problem()).as(condition).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date_trunc('month', o.condition_start_date) >= c.valid_start_date",
                "extract(year from o.condition_start_date) >= extract(year from c.valid_start_date)",
                "c.valid_start_date >= date '1970-01-17'",
            })
    void whereTheUnitIsComparedItIsNone(String condition) {
        assertThat(omop(condition).problem()).as(condition).isNull();
    }

    private static DemoRoad.Result omop(String condition) {
        return HonestRoad.shared()
                .analyst("omop")
                .run(
                        "select count(*) from cdm.condition_occurrence o join cdm.concept c on c.concept_id = o.condition_concept_id where "
                                + condition);
    }

    @Test
    void anAgeAtADayIsOfTheDateItself() {
        refused(
                "select extract(year from age(coalesce(discharged, current_date), admitted + 14)), count(*) from hospital.admission group by 1",
                ProblemCode.COMPARISON);
        assertThat(
                        rows(
                                "select extract(year from age(coalesce(discharged, current_date), admitted)), count(*) from hospital.admission group by 1"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admitted - date '2024-03-01' >= 31|admitted >= date '2024-04-01'",
                "admitted - date '2024-03-01' > 30|admitted >= date '2024-04-01'",
                "admitted - date '2024-03-01' <= 30|admitted < date '2024-04-01'",
                "30 >= admitted - date '2024-03-01'|admitted < date '2024-04-01'",
                "admitted - date '2024-03-01' between 31 and 60|admitted >= date '2024-04-01' and admitted < date '2024-05-01'",
                "date '2024-03-01' - admitted > 0|admitted < date '2024-03-01'",
                "date '2024-03-01' - admitted >= 1|admitted < date '2024-03-01'",
                "date '2024-03-01' - admitted < 1|admitted >= date '2024-03-01'",
                "1 > date '2024-03-01' - admitted|admitted >= date '2024-03-01'",
                "current_date - admitted >= 0|admitted <= current_date",
                "current_date - admitted < 30|admitted >= date '2026-09-01'",
            })
    void onTheGridDaysAreTheDate(String days, String date) {
        DemoRoad.Session analyst = HonestRoad.shared().analyst("cohort");
        List<List<@Nullable Object>> expected = analyst.run("select count(*) from hospital.admission where " + date)
                .rows();
        assertThat(expected.getFirst().getFirst()).isNotNull();
        assertThat(analyst.run("select count(*) from hospital.admission where " + days)
                        .rows())
                .as("the same question, for the history too")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admitted_at::date - date '2024-03-01' >= 31",
                "(admitted - date '2024-03-01')::numeric >= 31",
                "greatest(admitted - date '2024-03-01', admitted - date '2024-03-01') > 30"
            })
    void soTheyAreWrittenInOtherWays(String days) {
        assertThat(rows("select count(*) from hospital.admission where " + days))
                .isEqualTo(rows("select count(*) from hospital.admission where admitted >= date '2024-04-01'"));
    }

    @Test
    void parametersAreRuledOnWhenTheyAreBound() {
        String sql = "select count(*) from hospital.admission where admitted - $1::date >= $2::int";
        assertThat(rows(sql, LocalDate.of(2024, 3, 1), 31))
                .isEqualTo(rows("select count(*) from hospital.admission where admitted >= date '2024-04-01'"));
        DemoRoad.Result refused = run(sql, LocalDate.of(2024, 3, 1), 14);
        assertThat(refused.problem()).isNotNull();
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.OFF_GRID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000000000", "-2000000000", "1e300", "-1e300"})
    void whereNoDateLiesThereIsNoBound(String days) {
        assertThat(run("select count(*) from hospital.admission where admitted - date '2024-03-01' < " + days)
                        .problem())
                .isNull();
    }

    @Test
    void notANumberIsNoBound() {
        DemoRoad.Result refused = run(
                "select count(*) from hospital.admission where (admitted - date '2024-03-01')::float8 >= $1::float8",
                Double.NaN);
        assertThat(refused.problem()).isNotNull();
        assertThat(refused.problem().code()).isNotEqualTo(ProblemCode.INTERNAL);
    }

    @Test
    void theRefusalNamesTheDayAndTheNearestOnes() {
        DemoRoad.Result forward =
                run("select count(*) from hospital.admission where admitted - date '2024-03-01' >= 14");
        assertThat(forward.problem()).isNotNull();
        assertThat(forward.problem().detail()).contains("date '2024-03-15'");
        assertThat(forward.problem().hint())
                .isEqualTo(
                        "The nearest permitted bounds are 0 days, date '2024-03-01', and 31 days, date '2024-04-01'.");
        DemoRoad.Result back =
                run("select count(*) from hospital.person where current_date - date_of_birth >= 65 * 365");
        assertThat(back.problem()).isNotNull();
        assertThat(back.problem().hint())
                .isEqualTo(
                        "The nearest permitted bounds are 23740 days, date '1961-10-01', and 23709 days, date '1961-11-01'. Whole years are extract(year FROM age(a, b)).");
    }

    /** Between two dates of one person, and where nothing is cut. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.admission where discharged - admitted >= 14",
                "select (discharged - admitted) / 7, count(*) from hospital.admission group by 1",
                "select count(*) from hospital.admission a join hospital.admission b on a.person_id = b.person_id and b.admitted > a.discharged and b.admitted - a.discharged <= 30",
                "select avg(current_date - date_of_birth) / 365.25 from hospital.person",
                "select sum(coalesce(date_of_death, current_date) - registered) from hospital.person",
                "select extract(year from age(current_date, date_of_birth)) / 10, count(*) from hospital.person group by 1",
                "select percentile_cont(0.5) within group (order by current_date - date_of_birth) from hospital.person",
                "select corr(cost, admitted - date '2024-03-01') from hospital.admission",
                "select discharged - date '2024-03-01', count(*) from hospital.admission group by 1",
                "select count(*) from (select method, row_number() over (partition by person_id order by admitted - date '2024-03-01' desc) r from hospital.admission) x where r = 1",
                "select count(*) from (select method, row_number() over (partition by person_id order by abs(discharged - admitted - 3)) r from hospital.admission) x where r = 1",
            })
    void whatCutsNothingIsAnswered(String sql) {
        assertThat(rows(sql)).isNotEmpty();
    }

    /** Where analysts see the month alone, a bound in the middle of one is refused as well. */
    @Test
    void ofCoarsenedDatesToo() {
        DemoRoad.Session ada =
                DemoRoad.shared().session("ada", "diabetes", new MemoryPublishedAnswers(), new RecordingAuditLog());
        DemoRoad.Result off =
                ada.run("select count(*) from hospital.admissions where admitted - date '2024-03-01' >= 14");
        assertThat(off.problem()).isNotNull();
        assertThat(off.problem().code()).isEqualTo(ProblemCode.OFF_GRID);
        assertThat(ada.run("select (admitted - date '2024-03-01') % 7, count(*) from hospital.admissions group by 1")
                        .problem())
                .isNotNull();
        assertThat(ada.run("select count(*) from hospital.admissions where admitted - date '2024-03-01' > 30")
                        .rows())
                .isEqualTo(ada.run("select count(*) from hospital.admissions where admitted >= date '2024-04-01'")
                        .rows());
    }
}
