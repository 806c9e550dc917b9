package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.Answer;
import io.weir.query.answer.QueryOptions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements that are large, deep or grow when they are read: each is answered, or refused by a limit that has a name. How long is bounded generously: what is not
 * bounded takes minutes. The benchmark has their times.
 */
class HostileStatementIT {
    private static final Duration LIMIT = Duration.ofSeconds(45);
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Of the source's time: 200 tables are more than its planner likes. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private static final String COUNT = "select count(*) from hospital.patients p where ";

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("10,000 values in IN", "answered", COUNT + "p.sex in (" + "'F', ".repeat(9_999) + "'M')"),
                Arguments.of("1 MB of text", "STATEMENT_TOO_COMPLEX", COUNT + "p.sex = '" + "x".repeat(1 << 20) + "'"),
                Arguments.of(
                        "10,000 brackets",
                        "STATEMENT_TOO_COMPLEX",
                        COUNT + "(".repeat(10_000) + "true" + ")".repeat(10_000)),
                Arguments.of(
                        "5,000 sub-queries",
                        "STATEMENT_TOO_COMPLEX",
                        "select count(*) from " + "(select patient_id from ".repeat(5_000) + "hospital.patients"
                                + ") t".repeat(5_000)),
                Arguments.of("a doubling CTE", "STATEMENT_TOO_COMPLEX", doubling()),
                Arguments.of(
                        "2,000 nested COALESCE",
                        "STATEMENT_TOO_COMPLEX",
                        COUNT + "coalesce(".repeat(2_000) + "p.sex" + ", 'F')".repeat(2_000) + " = 'F'"),
                Arguments.of("2,000 conditions", "answered", COUNT + "p.sex = 'F' or ".repeat(2_000) + "p.sex = 'M'"),
                Arguments.of(
                        "200 joins", "answered or TIME_OUT", "select count(*) from hospital.patients p" + joins()));
    }

    @Tag("S31")
    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void aLimitHasANameAndIsReachedSoon(String name, String expected, String sql) {
        long start = System.nanoTime();
        Problem problem = problem(sql, expected.contains("TIME_OUT") ? SHORT : LIMIT);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(problem == null ? "answered" : problem.code().name())
                .as(name + ": " + problem)
                .isIn((Object[]) expected.split(" or "));
        assertThat(FrontEndCrash.is(problem)).isFalse();
        if (problem != null && problem.code() == ProblemCode.STATEMENT_TOO_COMPLEX) {
            assertThat(problem.detail()).as("which limit").isNotBlank();
            assertThat(problem.hint()).as("what to do").isNotBlank();
        }
        assertThat(taken).as(name).isLessThan(BOUND);
    }

    private static @Nullable Problem problem(String sql, Duration limit) {
        DemoRoad.Session session = DemoRoad.shared().session("ada", "diabetes");
        QueryOptions options = new QueryOptions(false, ZoneOffset.UTC, limit);
        return switch (session.desk()
                .prepare(session.asker(), sql, List.of(), options)
                .then(prepared -> prepared.execute(List.of()))) {
            case Outcome.Refused<Answer>(Problem refused) -> refused;
            case Outcome.Value<Answer>(Answer answer) -> {
                answer.close();
                yield null;
            }
        };
    }

    private static String doubling() {
        StringBuilder sql = new StringBuilder("with t0 as (select patient_id from hospital.patients)");
        for (int i = 1; i <= 24; i++) {
            sql.append(", t%d as (select a.patient_id from t%d a join t%<d b on b.patient_id = a.patient_id)"
                    .formatted(i, i - 1));
        }
        return sql + " select count(*) from t24";
    }

    private static String joins() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            sql.append(" join hospital.patients p%d on p%<d.patient_id = p.patient_id".formatted(i));
        }
        return sql.toString();
    }
}
