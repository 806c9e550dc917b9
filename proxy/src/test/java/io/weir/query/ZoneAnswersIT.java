package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement means in a session's time zone, compared with PostgreSQL in a session of that zone. */
class ZoneAnswersIT {
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/London",
            "America/New_York",
            "Asia/Kolkata",
            "Pacific/Auckland",
            "America/Sao_Paulo",
            "Pacific/Apia",
            "CET");

    private static ZonedRoad road() {
        return ZonedRoad.shared();
    }

    private static void sameAsPostgres(DemoRoad.Session session, String sql) {
        for (String zone : ZONES) {
            DemoRoad.Result result = session.runIn(ZoneId.of(zone), sql);
            assertThat(result.problem()).as("%s: %s", zone, sql).isNull();
            assertThat(ZonedRoad.written(result.rows(), ZoneId.of(zone)))
                    .as("%s: %s", zone, sql)
                    .isEqualTo(road().truth(zone, sql));
        }
    }

    private static Stream<String> expressions() {
        return Stream.of(
                "at",
                "at::date",
                "at::timestamp",
                "at::timestamp(0)",
                "local::timestamptz",
                "day::timestamptz",
                "day::timestamptz::timestamp",
                "local::timestamptz::timestamp",
                "at::timestamp::timestamptz",
                "extract(year from at)",
                "extract(quarter from at)",
                "extract(month from at)",
                "extract(week from at)",
                "extract(day from at)",
                "extract(dow from at)",
                "date_part('day', at)::int",
                "extract(day from local::timestamptz)",
                "date_trunc('year', at)",
                "date_trunc('quarter', at)",
                "date_trunc('month', at)",
                "date_trunc('week', at)",
                "date_trunc('day', at)",
                "date_trunc('month', day)",
                "date_trunc('week', day)",
                "date_trunc('day', day)",
                "date_trunc('month', day)::date",
                "date_trunc('month', day)::timestamp",
                "date_trunc('month', local)",
                "date_trunc('month', date_trunc('day', at))",
                "at + interval '1 day'",
                "at - interval '1 month'",
                "at + interval '1 month 2 days 90 minutes'",
                "at - interval '1 year 3 hours'",
                "interval '24 hours' + at",
                "at + interval '0 days'",
                "day + interval '1 month'",
                "day - interval '7 days'",
                "local + interval '7 days 2 hours'",
                "day + 7",
                "at < day",
                "day <= at",
                "at = local",
                "local < at",
                "local > timestamptz '2025-03-30 01:30'",
                "day >= timestamptz '2018-11-04 00:00'",
                "day > timestamptz '2018-11-04 00:00'",
                "day < timestamptz '2018-11-04 01:00'",
                "day <= timestamptz '2011-12-31 00:00'",
                "day = timestamptz '2025-03-30'",
                "day <> timestamptz '2025-03-30 12:00'",
                "day is distinct from timestamptz '2025-03-30 12:00'",
                "timestamptz '2025-03-30 00:00+00' < day",
                "timestamptz '2025-03-30 00:00+00' >= day",
                "at >= '2025-03-30'",
                "at >= '2025-03-30 01:30'",
                "at >= '2025-10-26 01:30'",
                "at >= '2025-10-26 01:30+00'",
                "at > date '2025-09-28'",
                "at < timestamp '2025-09-28 02:30'",
                "at::date = date '2025-03-30'",
                "at::date in (date '2025-03-30', date '2025-09-28')",
                "at between '2025-03-30' and '2025-04-06 02:30'",
                "day in (timestamptz '2025-03-30 00:00', timestamptz '2025-04-06 00:00')",
                "greatest(at, local)",
                "nullif(at, local)",
                "case when id % 2 = 0 then at else local end",
                "coalesce(local, at)",
                "case when id % 2 = 0 then day else at end",
                "coalesce(at, local)",
                "nullif(local, at)",
                "extract(year from age(at, day))",
                "extract(year from age(timestamptz '2025-03-30 00:00', at))",
                "'2025-03-30 01:30'::timestamptz",
                "timestamptz '2025-11-02 01:30'",
                "timestamptz '2025-11-02 01:30'::text",
                "timestamptz '2025-11-02 01:30' || 'x'",
                "timestamptz '2025-03-09 02:30' + interval '1 day'",
                "timestamptz '2025-03-30 00:30' + interval '90 minutes'",
                "timestamp '2025-03-30 01:30'::timestamptz",
                "date '2025-03-30'::timestamptz",
                "date_trunc('month', timestamptz '2025-03-31 23:30+00')");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void referenceDataReadInTheSessionsZone(String expression) {
        sameAsPostgres(
                road().aggregates(new MemoryPublishedAnswers()),
                "select id, " + expression + " x from hospital.moments order by id");
    }

    /** The same above the boundary, where Weir itself computes. */
    @ParameterizedTest
    @MethodSource("expressions")
    void andComputedByWeirItself(String expression) {
        sameAsPostgres(
                road().aggregates(new MemoryPublishedAnswers()),
                "select id, " + expression + " x, n from (select id, at, local, day, count(*) over (partition by id) n"
                        + " from hospital.moments) m order by id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select at::date d, count(*), min(at), max(local) from hospital.moments group by 1 order by 1",
                "select count(distinct at::date), count(distinct date_trunc('month', day)) from hospital.moments",
                "select at from hospital.moments where at is not null union select day from hospital.moments where day is not null order by 1",
                "select a.id, b.id from hospital.moments a join hospital.moments b on a.at = b.local and a.id < 40 order by 1, 2",
                "select id from hospital.moments m where exists (select 1 from hospital.moments n where n.day = m.at) order by 1",
            })
    void referenceDataInOtherForms(String sql) {
        sameAsPostgres(road().aggregates(new MemoryPublishedAnswers()), sql);
    }
}
