package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import io.weir.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weekdays of dates that analysts see by month, where the policy grants them: taken from the day itself. */
class PartsOfDatesIT {
    private static final String ADMITTED =
            "description: Day of admission, by month (by week in rows)\n    nullable: false\n";
    private static final String KEPT = "hospital.admissions a where not opted_out"
            + " and not (select opted_out from hospital.patients p where p.patient_id = a.patient_id)";

    private static PolicySnapshot granted;

    @BeforeAll
    static void policies() throws IOException {
        granted = DemoRoad.shared()
                .policy(
                        "weekdays",
                        PolicyEdits.ofRules(text -> text.replace(ADMITTED, ADMITTED + "    parts: [weekday]\n")));
    }

    /** With an empty history. */
    private static DemoRoad.Session member(String person, String project) {
        DemoRoad demo = DemoRoad.shared();
        return demo.session(
                person, project, new MemoryPublishedAnswers(), new RecordingAuditLog(), demo.connector, () -> granted);
    }

    private static DemoRoad.Result run(String sql) {
        return member("ada", "diabetes").run(sql);
    }

    private static List<List<@Nullable Object>> rows(String sql) {
        DemoRoad.Result result = run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    @Test
    void aWeekdayIsThatOfTheDayAndNotOfTheMonth() {
        List<List<@Nullable Object>> days =
                rows("select extract(isodow from admitted), count(*) from hospital.admissions group by 1 order by 1");
        assertThat(days).hasSize(7);
        List<Long> shown = new ArrayList<>();
        List<Long> truth = new ArrayList<>();
        for (int day = 1; day <= 7; day++) {
            shown.add(
                    ((Number) java.util.Objects.requireNonNull(days.get(day - 1).get(1))).longValue());
            truth.add(5
                    * Math.round(DemoRoad.shared()
                                    .truthOfOneNumber("select count(*) from " + KEPT
                                            + " and extract(isodow from admitted) = " + day)
                            / 5.0));
        }
        assertThat(shown).isEqualTo(truth);
    }

    @Test
    void conditionsAndBandsAreThoseOfTheDay() {
        long weekend = DemoRoad.shared()
                .truthOfOneNumber("select count(*) from " + KEPT + " and extract(dow from admitted) in (0, 6)");
        assertThat(rows("select count(*) from hospital.admissions where extract(dow from admitted) in (0, 6)")
                        .getFirst()
                        .getFirst())
                .isEqualTo(5 * Math.round(weekend / 5.0));
        assertThat(rows(
                                "select case when extract(dow from admitted) in (0, 6) then 'weekend' else 'week' end, count(*) from hospital.admissions group by 1")
                        .stream()
                        .filter(r -> "weekend".equals(r.getFirst()))
                        .findFirst()
                        .orElseThrow()
                        .get(1))
                .isEqualTo(5 * Math.round(weekend / 5.0));
    }

    @Test
    void everyWeekdayIsARowWhoeverIsInIt() {
        assertThat(
                        rows(
                                "select extract(dow from admitted) d, count(*) from hospital.admissions where icd10 = 'Z999' and cost > 10000000 group by 1"))
                .as("nobody at all")
                .hasSize(7)
                .allMatch(row -> row.get(1) == null);
        assertThat(
                        rows(
                                "select extract(dow from admitted) d, count(*) from hospital.admissions where extract(dow from admitted) < 3 group by 1"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extract(dow from discharged)",
                "extract(dow from admitted + 1)",
                "extract(dow from coalesce(admitted, discharged))",
                "extract(dow from greatest(admitted, discharged))",
                "extract(day from admitted)",
                "extract(day from coalesce(admitted, admitted))",
                "extract(hour from admitted::timestamp)",
                "to_char(admitted, 'Dy')",
                "to_char(admitted, 'YYYY-MM Dy')",
                "to_char(admitted, 'YYYY-MM-DD')",
                "date_trunc('week', admitted)",
                "extract(week from admitted)",
                "extract(month from admitted + 5)",
                "extract(month from admitted + (2 + 3))",
                "extract(month from admitted - (7 - 2))",
                "extract(year from admitted + (40000 + 40000))",
                "date_trunc('month', admitted - interval '10 days')",
            })
    void whatIsNotThePartOfTheColumnItselfIsRefused(String key) {
        DemoRoad.Result grouped = run("select " + key + ", count(*) from hospital.admissions group by 1");
        assertThat(grouped.problem()).as(key).isNotNull();
        assertThat(grouped.problem().code()).isEqualTo(ProblemCode.OFF_GRID);
        assertThat(grouped.problem().hint()).isNotNull();
        assertThat(run("select count(distinct " + key + ") from hospital.admissions")
                        .problem())
                .isNotNull();
    }

    @Test
    void ofASubQuerysCoarsenedDateThereIsNone() {
        assertThat(
                        run("select extract(dow from first), count(*) from (select patient_id, min(admitted) first from hospital.admissions group by patient_id) x group by 1")
                                .problem())
                .isNotNull();
        assertThat(
                        run("select extract(dow from d), count(*) from (select distinct patient_id, admitted d from hospital.admissions) x group by 1")
                                .problem())
                .isNotNull();
        assertThat(
                        rows(
                                "select d, count(*) from (select patient_id, extract(dow from admitted) d from hospital.admissions) x group by 1 order by 1"))
                .isEqualTo(
                        rows(
                                "select extract(dow from admitted) d, count(*) from hospital.admissions group by 1 order by 1"));
    }

    @Test
    void rowsThatAreSeenByWeekHaveNoWeekday() {
        assertThat(member("ben", "flow")
                        .run("select extract(dow from admitted) from hospital.admissions limit 3")
                        .problem())
                .isNotNull();
    }

    @Test
    void monthsAndYearsThatAreMovedByWholeUnitsAreAnswered() {
        assertThat(
                        rows(
                                "select extract(year from admitted - interval '3 months'), count(*) from hospital.admissions group by 1"))
                .isNotEmpty();
    }

    @Test
    void ofABeginningEverythingCanBeTaken() {
        assertThat(
                        rows(
                                "select extract(day from date_trunc('month', admitted) + interval '1 month' - interval '1 day'), count(*) from hospital.admissions group by 1"))
                .hasSizeBetween(3, 4);
    }

    @Test
    void hoursOfMomentsAreThoseOfThePermittedZones() throws IOException, SQLException {
        HonestRoad road = HonestRoad.under("moments", directory -> {
            Path file = directory.resolve("datasets/cdm-patient_ext.yaml");
            String text = Files.readString(file);
            assertThat(text).containsPattern("name: seen_at.*grid: \\{dates: \\w+}");
            Files.writeString(
                    file, text.replaceAll("(name: seen_at.*grid: \\{dates: \\w+})", "$1, parts: [weekday, hour]"));
        });
        DemoRoad.Result hours = road.analyst("omop")
                .run(
                        "select extract(hour from seen_at), count(*) from cdm.patient_ext group by 1 order by 2 desc nulls last");
        assertThat(hours.problem()).isNull();
        assertThat(hours.rows().getFirst().getFirst()).hasToString("8");
        assertThat(hours.rows()).hasSizeGreaterThanOrEqualTo(24);
        DemoRoad.Result days = road.analyst("omop")
                .run(
                        "select to_char(seen_at, 'Dy'), count(*) from cdm.patient_ext where extract(isodow from seen_at) < 6 group by 1");
        assertThat(days.problem()).isNull();
        assertThat(days.rows()).anyMatch(row -> "Mon".equals(row.getFirst()));
    }

    @Test
    void withoutTheGrantItIsNamed() {
        DemoRoad.Result result = DemoRoad.shared()
                .session("ada", "diabetes")
                .run("select extract(dow from admitted), count(*) from hospital.admissions group by 1");
        assertThat(result.problem()).isNotNull();
        assertThat(result.problem().hint()).contains("parts: [weekday]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extract(day from admitted_at::date)",
                "extract(week from admitted_at::date)",
                "extract(day from admitted_at::date::timestamp)",
                "extract(day from coalesce(admitted_at::date, discharged))",
                "extract(day from admitted_at::date + 31)",
                "date_trunc('day', admitted_at::date)",
                "to_char(admitted_at::date, 'DD')",
            })
    void theDateOfATimeIsNoFinerThanTheTime(String day) {
        DemoRoad.Result result = HonestRoad.shared()
                .analyst("cohort")
                .run("select " + day + ", count(*) from hospital.admission group by 1");
        assertThat(result.problem()).as(day).isNotNull();
        assertThat(result.problem().code()).as(day).isEqualTo(ProblemCode.OFF_GRID);
    }

    /** By the beginning of its own month a day is the day of the month. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "admitted - date_trunc('month', admitted)::date",
                "admitted - make_date(extract(year from admitted)::int, extract(month from admitted)::int, 1)",
                "admitted >= date_trunc('month', admitted)::date + 14",
                "admitted = date_trunc('month', admitted)::date",
                "greatest(admitted, date_trunc('month', admitted)::date + 14)",
                "date_trunc('month', admitted)::date - admitted",
                "admitted_at > date_trunc('month', admitted_at) + interval '14 days'"
            })
    void aDateIsNotPutBesideTheBeginningOfItsUnit(String key) {
        DemoRoad.Result result = HonestRoad.shared()
                .analyst("cohort")
                .run("select " + key + ", count(*) from hospital.admission group by 1");
        assertThat(result.problem()).as(key).isNotNull();
        assertThat(result.problem().code()).as(key).isEqualTo(ProblemCode.OFF_GRID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "discharged - admitted",
                "date_trunc('month', admitted) = date_trunc('month', discharged)",
                "date_trunc('year', admitted) < date_trunc('month', discharged)"
            })
    void datesAndBeginningsOfTheirOwnKindAreCompared(String key) {
        assertThat(HonestRoad.shared()
                        .analyst("cohort")
                        .run("select " + key + ", count(*) from hospital.admission group by 1")
                        .problem())
                .as(key)
                .isNull();
    }
}
