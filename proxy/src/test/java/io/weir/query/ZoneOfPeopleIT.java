package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time zones and data about people: what zone may cut their days, and what is one question. The data live in Europe/London. */
class ZoneOfPeopleIT {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final List<ZoneId> ZONES =
            List.of(UTC, LONDON, NEW_YORK, ZoneId.of("Asia/Kolkata"), ZoneId.of("Pacific/Auckland"));

    private static ZonedRoad road() {
        return ZonedRoad.shared();
    }

    private static DemoRoad.Session fresh() {
        return road().aggregates(new MemoryPublishedAnswers());
    }

    private static List<List<@Nullable Object>> rows(DemoRoad.Session session, ZoneId zone, String sql) {
        DemoRoad.Result result = session.runIn(zone, sql);
        assertThat(result.problem()).as("%s: %s", zone, sql).isNull();
        return result.rows();
    }

    private static String real(String sql) {
        return sql.replace("now()", "timestamptz '2026-09-30'")
                .replace(
                        "hospital.calls",
                        "(select * from hospital.calls where not opted_out"
                                + " and patient_id in (select patient_id from hospital.patients where not opted_out)) c");
    }

    private static List<@Nullable String> rounded(List<@Nullable String> row) {
        List<@Nullable String> rounded = new ArrayList<>(row);
        long count = Long.parseLong(String.valueOf(row.getLast()));
        rounded.set(row.size() - 1, count == 0 ? null : String.valueOf(Math.round(count / 5.0) * 5));
        return rounded;
    }

    /** Counts are rounded to the nearest five, and none is hidden; everything else is exact. */
    private static void sameAsPostgres(ZoneId zone, String sql) {
        List<List<@Nullable String>> truth = road().truth(zone.getId(), real(sql)).stream()
                .map(ZoneOfPeopleIT::rounded)
                .toList();
        assertThat(ZonedRoad.written(rows(fresh(), zone, sql), zone))
                .as("%s: %s", zone, sql)
                .isEqualTo(truth)
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select date_trunc('month', day) m, count(*) from hospital.calls group by 1 order by 1",
                "select date_trunc('quarter', day)::date m, count(*) from hospital.calls group by 1 order by 1",
                "select date_trunc('week', day) m, count(*) from hospital.calls where day < now() group by 1 order by 1",
                "select day::timestamptz d, count(*) from hospital.calls where day < '2025-02-01' group by 1 order by 1",
                "select count(*) from hospital.calls where day >= timestamptz '2025-03-30'",
                "select count(*) from hospital.calls where day < date_trunc('month', timestamptz '2025-06-15 12:00')",
                "select count(*) from hospital.calls where day >= date_trunc('month', now()) - interval '1 year'",
                "select count(*) from hospital.calls where called >= timestamptz '2025-06-01 00:00+00'",
                "select count(*) from hospital.calls where logged >= timestamp '2025-06-01 00:00'",
                "select m, n from (select date_trunc('month', day) m, count(*) n from hospital.calls group by 1) x where m >= '2025-06-01' order by 1",
                "select m::date, n from (select date_trunc('month', day) m, count(*) n from hospital.calls group by 1) x order by 1",
                "select f, count(*) from (select patient_id, min(date_trunc('quarter', day)::date) f from hospital.calls group by 1) x group by 1 order by 1",
            })
    void datesOfPeopleInEveryZone(String sql) {
        ZONES.forEach(zone -> sameAsPostgres(zone, sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select date_trunc('month', called) m, count(*) from hospital.calls group by 1 order by 1",
                "select date_trunc('week', called) m, count(*) from hospital.calls group by 1 order by 1",
                "select called::date d, count(*) from hospital.calls where called < '2025-02-01' group by 1 order by 1",
                "select called::date d, count(*) from hospital.calls where called >= '2025-03-28' and called < '2025-04-02' group by 1 order by 1",
                "select extract(month from called) m, count(*) from hospital.calls group by 1 order by 1",
                "select count(*) from hospital.calls where called >= '2025-06-01'",
                "select count(*) from hospital.calls where called >= date '2025-06-01' and called < date '2025-10-01'",
                "select count(*) from hospital.calls where called::timestamp >= timestamp '2025-06-01 00:00'",
                "select count(*) from hospital.calls where logged >= timestamptz '2025-06-01 00:00'",
                "select count(*) from hospital.calls where logged < called",
                "select count(*) from hospital.calls where called::date = day",
                "select count(*) from hospital.calls where day < called",
                "select count(*) from hospital.calls where called::date >= date '2025-06-01'",
                "select f, count(*) from (select patient_id, min(date_trunc('quarter', day)) f from hospital.calls group by 1) x group by 1 order by 1",
                "select count(case when called < '2025-06-01' then 1 end) from hospital.calls",
            })
    void momentsOfPeopleInTheZoneOfTheDataAndInUtc(String sql) {
        sameAsPostgres(UTC, sql);
        sameAsPostgres(LONDON, sql);
        for (ZoneId zone : List.of(NEW_YORK, ZoneId.of("+00:01"), ZoneId.of("Asia/Kolkata"))) {
            Problem problem = fresh().runIn(zone, sql).problem();
            assertThat(problem).as("%s: %s", zone, sql).isNotNull();
            assertThat(problem == null ? "" : problem.hint()).contains("Europe/London");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/London|called >= '2025-06-01 02:00'",
                "Europe/London|called >= timestamptz '2025-06-01 00:00-05'",
                "Europe/London|logged >= timestamptz '2025-06-01 00:00+00'",
                "America/New_York|called >= '2025-06-01'",
                "America/New_York|called < now()",
                "America/New_York|logged >= timestamptz '2025-06-01 00:00'",
                "America/New_York|date_trunc('day', day) < called",
                "Europe/London|called + interval '5 hours' < timestamptz '2025-06-01'",
                "Europe/London|called + interval '5 hours' < logged",
                "Europe/London|coarse >= '2025-06-01'",
                "Europe/London|extract(day from coarse) = 1",
                "Europe/London|extract(month from coarse) = 1",
                "Europe/London|date_trunc('day', coarse) = date '2025-01-01'",
            })
    void noZoneMovesTheGrid(String zone, String condition) {
        Problem problem = fresh().runIn(ZoneId.of(zone), "select count(*) from hospital.calls where " + condition)
                .problem();
        assertThat(problem).as(condition).isNotNull();
        assertThat(problem == null ? null : problem.code()).isIn(ProblemCode.OFF_GRID, ProblemCode.COMPARISON);
    }

    @Test
    void aZoneDoesNotUndoCoarsening() {
        for (ZoneId zone : List.of(UTC, LONDON)) {
            assertThat(rows(
                            fresh(),
                            zone,
                            "select coarse::date, coarse::timestamp, count(*) from hospital.calls group by 1, 2"))
                    .as("one year, one group, whatever the zone")
                    .hasSize(1);
            assertThat(rows(
                            fresh(),
                            zone,
                            "select date_trunc('year', coarse), count(*) from hospital.calls group by 1"))
                    .hasSize(1);
        }
        assertThat(rows(road().rows(), NEW_YORK, "select coarse::date from hospital.calls"))
                .as("rows too show the beginning of the year")
                .containsOnly(List.of(LocalDate.of(2024, 12, 31)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select called x, called::date, called::timestamp, date_trunc('month', called), date_trunc('week', day), extract(dow from called) from hospital.calls order by x, day limit 200",
                "select called + interval '1 month', day + interval '7 days', logged::timestamptz from hospital.calls order by called, day limit 200",
                "select called, day from hospital.calls where called::date = date '2025-03-30' order by called",
                "select called, day from hospital.calls where called >= '2025-03-30' and called < '2025-03-31' order by called",
                "select called, day from hospital.calls where day >= timestamptz '2025-12-30' order by called",
            })
    void rowsInEveryZone(String sql) {
        for (ZoneId zone : ZONES) {
            assertThat(ZonedRoad.written(rows(road().rows(), zone, sql), zone))
                    .as("%s: %s", zone, sql)
                    .isEqualTo(road().truth(zone.getId(), real(sql)))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.calls",
                "select date_trunc('month', day) m, count(*) from hospital.calls group by 1 order by 1",
                "select count(*) from hospital.calls where day < now()",
                "select count(*) from hospital.calls where day >= timestamptz '2025-06-01'",
                "select count(distinct date_trunc('month', day)) from hospital.calls",
                "select count(*) from hospital.calls where called >= timestamptz '2025-06-01 00:00+00'",
            })
    void whatNoZoneChangesIsOneQuestion(String sql) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        DemoRoad.Session session = road().aggregates(published);
        List<List<@Nullable Object>> first = null;
        for (ZoneId zone : ZONES) {
            List<List<@Nullable Object>> rows = rows(session, zone, sql).stream()
                    .map(row -> row.subList(row.size() - 1, row.size()))
                    .toList();
            assertThat(published.size()).as("%s: %s", zone, sql).isEqualTo(1);
            first = first == null ? rows : first;
            assertThat(rows).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.calls where called >= '2025-06-01'",
                "select count(*) from hospital.calls where called::timestamp >= timestamp '2025-06-01'",
                "select called::date d, count(*) from hospital.calls group by 1 order by 1",
                "select date_trunc('month', called)::date d, count(*) from hospital.calls group by 1 order by 1",
                "select count(*) from hospital.calls where called::timestamp >= timestamp '2025-06-01' and coarse::timestamp >= timestamp '2025-01-01'",
            })
    void anotherZoneIsOneStep(String sql) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        DemoRoad.Session session = road().aggregates(published);
        DemoRoad.Result first = session.runIn(UTC, sql);
        assertThat(first.problem()).isNull();
        DemoRoad.Result second = session.runIn(LONDON, sql);
        assertThat(second.problem()).isNull();
        assertThat(first.rows()).as("the first is answered").anyMatch(row -> !row.contains(null));
        assertThat(second.rows())
                .as("the second is not that answer, and is hidden")
                .allMatch(row -> row.getLast() == null);
        assertThat(session.runIn(UTC, sql).rows()).as("the first is kept").isEqualTo(first.rows());
    }

    @Test
    void zonesOfTheSameRulesAskOneQuestion() {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        DemoRoad.Session session = road().aggregates(published);
        String sql = "select called::date d, count(*) from hospital.calls group by 1 order by 1";
        List<List<@Nullable Object>> first = rows(session, LONDON, sql);
        assertThat(rows(session, ZoneId.of("GB"), sql)).isEqualTo(first);
        assertThat(published.size()).isEqualTo(1);
    }

    @Test
    void thePresentIsTheBeginningOfTheSnapshotInTheSessionsZone() {
        for (ZoneId zone : ZONES) {
            assertThat(rows(
                                    fresh(),
                                    zone,
                                    "select now()::date = current_date, now()::timestamp = localtimestamp, now(), count(*) from hospital.moments")
                            .getFirst()
                            .subList(0, 3))
                    .isEqualTo(List.of(
                            true,
                            true,
                            LocalDate.of(2026, 9, 30).atStartOfDay(zone).toInstant()));
        }
    }

    @Test
    void parametersAreMoments() {
        DemoRoad.Result result = fresh().runIn(
                        NEW_YORK,
                        "select count(*) from hospital.calls where called >= $1 and day >= $1",
                        Instant.parse("2025-06-01T00:00:00Z"));
        assertThat(result.problem()).isNull();
        assertThat(result.rows().getFirst().getFirst())
                .isEqualTo(Math.round(Long.parseLong(road().truth(
                                                "America/New_York",
                                                real(
                                                        "select count(*) from hospital.calls where called >= timestamptz '2025-06-01 00:00+00' and day >= timestamptz '2025-06-01 00:00+00'"))
                                        .getFirst()
                                        .getFirst())
                                / 5.0)
                        * 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.calls where day < called::date + interval '7 days'",
                "select count(*) from hospital.calls where logged - interval '1 month' < day",
                "select count(*) from hospital.calls where day + 7 > logged",
                "select count(*) from hospital.calls where day + interval '7 days' < date '2025-02-01'",
                "select count(*) from hospital.calls where logged - interval '5 hours' < timestamp '2025-01-31 19:00'",
                "select day + interval '7 days' d, count(*) from hospital.calls where day < '2025-02-01' group by 1 order by 1",
                "select count(*) from hospital.calls where day >= date '2025-01-31' + interval '1 month'",
                "select count(*) from hospital.calls where day >= date '2025-01-31' - '7 days'::interval",
            })
    void intervalsAreAdded(String sql) {
        sameAsPostgres(LONDON, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.calls where logged + interval '5 hours' >= timestamp '2025-02-01 00:00'",
                "select count(*) from hospital.calls where called + interval '7 days' >= date '2025-02-01'",
                "select count(*) from hospital.calls where day < logged + interval '5 hours'",
                "select count(*) from hospital.calls where day < logged + interval '200 years'",
                "select sum(day - (logged + interval '7 days')::date) from hospital.calls",
                "select count(*) from hospital.calls where extract(year from age(day + interval '10 years')) > 3",
            })
    void butDoNotMoveTheGrid(String sql) {
        assertThat(fresh().runIn(UTC, sql).problem()).as(sql).isNotNull();
    }
}
