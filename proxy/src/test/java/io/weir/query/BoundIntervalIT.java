package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemKind;
import io.weir.query.answer.QueryOptions;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An interval that is bound means what one that is written means, and is ruled alike. */
class BoundIntervalIT {
    private static final PgInterval WEEK = new PgInterval(0, 7, 0);

    private static DemoRoad.Result run(String sql, @Nullable Object... parameters) {
        return ZonedRoad.shared().aggregates(new MemoryPublishedAnswers()).run(sql, parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select count(*) from hospital.calls where day < called::date + $1::interval",
                "select count(*) from hospital.calls where day < called::date + CAST($1 AS interval)",
                "select count(*) from hospital.calls where logged - $1::interval < day",
                "select count(*) from hospital.calls where logged < logged + $1",
                "select count(*) from hospital.calls where day >= date '2025-02-08' - $1::interval",
                "select count(*) from hospital.calls where called >= timestamptz '2025-02-08 00:00+00' - $1::interval",
                "select day + $1::interval d, count(*) from hospital.calls where day < '2025-02-01' group by 1 order by 1",
                "select id, at + $1, local - $1::interval, $1 + day from hospital.moments order by id limit 20"
            })
    void aBoundIntervalIsTheWrittenOne(String sql) {
        DemoRoad.Result bound = run(sql, WEEK);
        DemoRoad.Result written =
                run(sql.replaceAll("CAST\\(\\$1 AS interval\\)|\\$1(::interval)?", "interval '7 days'"));
        assertThat(bound.problem()).as(sql).isNull();
        assertThat(bound.rows()).isNotEmpty().isEqualTo(written.rows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.calls where day < logged + $1",
                "select count(*) from hospital.calls where day < logged - $1::interval",
                "select sum(day - (logged + $1)::date) from hospital.calls",
                "select count(*) from hospital.calls where day + $1::interval >= date '2025-02-01'",
                "select count(*) from hospital.calls where day >= date '2025-02-01' + $1::interval"
            })
    void aBoundIntervalIsRefusedWhereTheWrittenOneIs(String sql) {
        Problem bound = run(sql, new PgInterval(0, 0, 5 * 3_600_000_000L)).problem();
        Problem written =
                run(sql.replaceAll("\\$1(::interval)?", "interval '5 hours'")).problem();
        // A parameter may be refused for its place before it is bound.
        for (Problem problem : java.util.Arrays.asList(bound, written)) {
            assertThat(problem).as(sql).isNotNull();
            assertThat(java.util.Objects.requireNonNull(problem).code().kind())
                    .as(sql)
                    .isEqualTo(ProblemKind.POLICY);
        }
    }

    @Test
    void nullIsNull() {
        assertThat(run("select count(*) from hospital.calls where day < called::date + $1::interval", (Object) null)
                        .rows())
                .isEqualTo(run("select count(*) from hospital.calls where null::boolean")
                        .rows());
    }

    @Test
    void theParameterIsDescribedAsAnInterval() {
        DemoRoad.Session ada = ZonedRoad.shared().aggregates(new MemoryPublishedAnswers());
        assertThat(ada.desk()
                        .prepare(
                                ada.asker(),
                                "select count(*) from hospital.calls where logged < logged + $1 and day < day + $2::interval",
                                List.of(),
                                new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO))
                        .orThrow()
                        .description()
                        .parameters())
                .containsExactly(SqlType.INTERVAL, SqlType.INTERVAL);
    }

    @Test
    void otherCastsToIntervalAreRefused() {
        Problem problem = run("select count(*) from hospital.calls where day < day + said::interval", WEEK)
                .problem();
        assertThat(problem).isNotNull();
        assertThat(run("select count(*) from hospital.moments where day < day + said::interval")
                        .problem())
                .satisfies(p ->
                        assertThat(java.util.Objects.requireNonNull(p).code()).isEqualTo(ProblemCode.UNSUPPORTED));
        assertThat(run("select count(*) from hospital.calls where day < day + $1::interval day", WEEK)
                        .problem())
                .satisfies(p ->
                        assertThat(java.util.Objects.requireNonNull(p).code()).isEqualTo(ProblemCode.UNSUPPORTED));
    }
}
