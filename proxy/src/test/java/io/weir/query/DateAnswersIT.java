package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Casts of date parts, and bounds that take a whole last day in. */
class DateAnswersIT {
    private static DemoRoad.Result run(String sql, @Nullable Object... parameters) {
        return DemoRoad.shared().session("ada", "diabetes").run(sql, parameters);
    }

    private static List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
        DemoRoad.Result result = run(sql, parameters);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static long truth(String sql) {
        return DemoRoad.shared().truthOfOneNumber(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admitted between date '2025-01-01' and date '2025-12-31'|admitted >= date '2025-01-01' and admitted < date '2026-01-01'",
                "admitted between '2025-01-01' and '2025-12-31'|admitted >= date '2025-01-01' and admitted < date '2026-01-01'",
                "admitted > date '2025-01-31'|admitted >= date '2025-02-01'",
                "date '2025-01-31' < admitted|admitted >= date '2025-02-01'",
                "date '2025-01-31' >= admitted|admitted < date '2025-02-01'",
                "not admitted > date '2025-01-31'|not admitted >= date '2025-02-01'",
            })
    void aWholeLastDayIsTheBoundOfTheNext(String inclusive, String onGrid) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes", published, new RecordingAuditLog());
        DemoRoad.Result first = ada.run("select count(*) from hospital.admissions where " + onGrid);
        DemoRoad.Result second = ada.run("select count(*) from hospital.admissions where " + inclusive);
        assertThat(second.problem()).isNull();
        assertThat(second.rows()).isEqualTo(first.rows());
        assertThat(published.size()).as("one question").isEqualTo(1);
        assertThat(second.rows().getFirst().getFirst())
                .isEqualTo(Math.round(truth(
                                        "select count(*) from hospital.admissions a where not opted_out and not (select opted_out from hospital.patients p where p.patient_id = a.patient_id) and "
                                                + inclusive)
                                / 5.0)
                        * 5);
    }

    @Test
    void yearsAndParametersToo() {
        assertThat(rows("select count(*) from hospital.patients where date_of_birth <= date '1979-12-31'"))
                .isEqualTo(rows("select count(*) from hospital.patients where date_of_birth < date '1980-01-01'"));
        assertThat(rows(
                        "select count(*) from hospital.patients where date_of_birth <= $1",
                        java.time.LocalDate.of(1979, 12, 31)))
                .isEqualTo(rows("select count(*) from hospital.patients where date_of_birth < date '1980-01-01'"));
        assertThat(rows("select count(*) from hospital.admissions where admitted <= date '2025-01-01'"))
                .as("the midnight of a date is the date")
                .isEqualTo(rows(
                        "select count(*) from hospital.admissions where admitted::timestamp < timestamp '2025-02-01'"));
        assertThat(rows("select count(*) from hospital.admissions where admitted::timestamp <= timestamp '2025-01-31'"))
                .isEqualTo(rows("select count(*) from hospital.admissions where admitted < date '2025-02-01'"));
        assertThat(rows("select count(*) from hospital.admissions where admitted <= date '2025-01-01'"))
                .as("a bound that lies on the grid stays what it was")
                .isEqualTo(rows("select count(*) from hospital.admissions where admitted < date '2025-02-01'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admitted <= date '2025-01-30'",
                "admitted < date '2025-01-31'",
                "admitted >= date '2025-01-31'",
                "admitted > date '2025-02-01' - 2",
                "date_trunc('month', admitted)::date > date '2025-01-15'",
            })
    void otherDaysBetweenAreRefused(String condition) {
        assertThat(run("select count(*) from hospital.admissions where " + condition)
                        .problem())
                .isNotNull();
    }

    @Test
    void partsOfDatesAreCast() {
        assertThat(
                        rows(
                                "select date_trunc('month', admitted)::date m, count(*) from hospital.admissions group by 1 order by 1"))
                .isEqualTo(rows("select admitted m, count(*) from hospital.admissions group by 1 order by 1"));
        assertThat(
                        rows(
                                "select count(*) from hospital.admissions where date_trunc('month', admitted)::date = date '2025-03-01'"))
                .isEqualTo(rows("select count(*) from hospital.admissions where admitted = date '2025-03-01'"));
        assertThat(
                        rows(
                                "select date_trunc('month', m)::date, n from (select admitted m, count(*) n from hospital.admissions group by 1) x order by 1"))
                .isEqualTo(
                        rows(
                                "select m, n from (select admitted m, count(*) n from hospital.admissions group by 1) x order by 1"));
        List<List<@Nullable Object>> years = rows(
                "select extract(year from admitted)::int y, count(*) from hospital.admissions group by 1 order by 1");
        assertThat(years).hasSizeGreaterThan(2).allMatch(row -> row.getFirst() instanceof Integer);
        assertThat(years.stream().map(row -> String.valueOf(row.getFirst()) + row.get(1)))
                .isEqualTo(rows(
                                "select extract(year from admitted) y, count(*) from hospital.admissions group by 1 order by 1")
                        .stream()
                        .map(row -> String.valueOf(row.getFirst()) + row.get(1))
                        .toList());
    }

    @Test
    void wholeNumbersAreGroupedAsTexts() {
        List<List<@Nullable Object>> texts =
                rows("select imd_decile::text d, count(*) from hospital.patients group by 1");
        assertThat(texts)
                .hasSizeGreaterThan(5)
                .allMatch(row -> row.getFirst() == null || row.getFirst() instanceof String);
        assertThat(rows("select cast(imd_decile as varchar) d, count(*) from hospital.patients group by 1"))
                .isEqualTo(texts);
    }
}
