package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.connector.Secret;
import io.weir.connector.postgresql.PostgresSourceConfig;
import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.connector.postgresql.ServerTrust;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.Answer;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the road does when something around it fails: nothing is answered, and the log says so. */
class RoadFailureIT {
    private static final String COUNT = "select count(*) from hospital.patients where sex = 'F'";
    private static final DemoRoad ROAD = DemoRoad.shared();

    /** Nobody listens on the discard port of the loopback. */
    private static PostgresSourceConnector closedPort() {
        return new PostgresSourceConnector(PostgresSourceConfig.of(
                "jdbc:postgresql://127.0.0.1:9/nobody", "weir", Secret.of("unused"), new ServerTrust.Plaintext()));
    }

    private static ProblemCode code(DemoRoad.Result result) {
        return Objects.requireNonNull(result.problem(), "should have been refused")
                .code();
    }

    @Test
    void withoutAuditNothingIsAnsweredAndTheSourceIsNotContacted() {
        RecordingAuditLog audit = new RecordingAuditLog();
        audit.kill();
        DemoRoad.Session session =
                ROAD.session("ada", "diabetes", new MemoryPublishedAnswers(), audit, closedPort(), () -> ROAD.policy);
        // A contacted source would fail with SOURCE_UNAVAILABLE: nobody listens there.
        assertThat(code(session.run(COUNT))).isEqualTo(ProblemCode.AUDIT_UNAVAILABLE);
        assertThat(code(session.run("select patient_id from hospital.patients")))
                .isEqualTo(ProblemCode.AUDIT_UNAVAILABLE);
        assertThat(code(session.run("select nonsense from"))).isEqualTo(ProblemCode.AUDIT_UNAVAILABLE);
    }

    private static DemoRoad.Session limited(String person, String project, RecordingAuditLog audit, long rows) {
        return ROAD.session(
                person, project, new MemoryPublishedAnswers(), audit, ROAD.connector, () -> ROAD.policy, rows);
    }

    @Test
    void anAggregateOfMoreRowsThanPermittedIsRefusedWholeAndNeverShortened() {
        String sql = "select sex, count(*) from hospital.patients group by sex order by sex";
        int rows = ROAD.session("ada", "diabetes").run(sql).rows().size();
        RecordingAuditLog audit = new RecordingAuditLog();
        assertThat(limited("ada", "diabetes", audit, rows).run(sql).rows()).hasSize(rows);
        DemoRoad.Result refused = limited("ada", "diabetes", audit, rows - 1).run(sql);
        assertThat(code(refused)).isEqualTo(ProblemCode.RESULT_TOO_LARGE);
        assertThat(Objects.requireNonNull(refused.problem()).hint()).contains("LIMIT");
        assertThat(audit.events().getLast().type()).isEqualTo(EventType.QUERY_REFUSED);
        assertThat(limited("ada", "diabetes", audit, rows - 1)
                        .run(sql + " limit " + (rows - 1))
                        .rows())
                .hasSize(rows - 1);
    }

    @Test
    void aStreamOfMoreRowsThanPermittedEndsWithAnErrorAfterTheLastPermittedRow() {
        String sql = "select admission_id, method from hospital.admissions limit ";
        RecordingAuditLog audit = new RecordingAuditLog();
        assertThat(limited("ben", "flow", audit, 20).run(sql + 20).rows()).hasSize(20);
        assertThat(audit.events().getLast().fields()).containsEntry("complete", true);

        QueryDesk.Prepared prepared = limited("ben", "flow", audit, 20)
                .desk()
                .prepare(
                        limited("ben", "flow", audit, 20).asker(),
                        sql + 21,
                        List.of(),
                        new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO))
                .orThrow();
        AtomicReference<Integer> seen = new AtomicReference<>(0);
        try (Answer answer = prepared.execute(List.of()).orThrow()) {
            assertThat(answer.fetch(20, row -> seen.set(seen.get() + 1)).exhausted())
                    .isFalse();
            assertThatThrownBy(() -> answer.fetch(20, row -> seen.set(seen.get() + 1)))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo(ProblemCode.RESULT_TOO_LARGE);
                        assertThat(e.problem().hint()).contains("LIMIT");
                    });
        }
        assertThat(seen).hasValue(20);
        assertThat(audit.events().getLast().type()).isEqualTo(EventType.QUERY_FAILED);
        assertThat(audit.events().getLast().fields()).containsEntry("code", "RESULT_TOO_LARGE");
    }

    @Test
    void aPermitIsDurableBeforeTheSourceIsAskedAndWithItsOutcomeWhenNoneIs() {
        RecordingAuditLog audit = new RecordingAuditLog();
        DemoRoad.Session session = ROAD.session("ada", "diabetes", new MemoryPublishedAnswers(), audit);
        List<List<Object>> first = session.run(COUNT).rows();
        assertThat(audit.waits()).containsExactly(1, 1);
        assertThat(session.run(COUNT).rows()).isEqualTo(first);
        assertThat(audit.waits()).containsExactly(1, 1, 2);
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .containsExactly(
                        EventType.QUERY_DECIDED,
                        EventType.QUERY_EXECUTED,
                        EventType.QUERY_DECIDED,
                        EventType.QUERY_EXECUTED);
    }

    @Test
    void whatFailsAfterItWasPermittedHasItsPermitInTheLog() {
        RecordingAuditLog audit = new RecordingAuditLog();
        String sql = "select sex, count(*) from hospital.patients group by sex";
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        ROAD.session("ada", "diabetes", published, new RecordingAuditLog()).run(sql);
        DemoRoad.Session replays =
                ROAD.session("ada", "diabetes", published, audit, closedPort(), () -> ROAD.policy, 1);
        assertThat(code(replays.run(sql))).isEqualTo(ProblemCode.RESULT_TOO_LARGE);
        assertThat(code(replays.run(COUNT))).isEqualTo(ProblemCode.SOURCE_UNAVAILABLE);
        assertThat(audit.events())
                .extracting(AuditEvent::type)
                .containsExactly(
                        EventType.QUERY_DECIDED,
                        EventType.QUERY_REFUSED,
                        EventType.QUERY_DECIDED,
                        EventType.QUERY_FAILED);
    }

    @Test
    void anAuditLogThatDiesLaterStopsTheNextAnswer() {
        RecordingAuditLog audit = new RecordingAuditLog();
        DemoRoad.Session session = ROAD.session("ada", "diabetes", new MemoryPublishedAnswers(), audit);
        assertThat(session.run(COUNT).problem()).isNull();
        audit.kill();
        assertThat(code(session.run(COUNT))).isEqualTo(ProblemCode.AUDIT_UNAVAILABLE);
    }

    @Test
    void refusalsAndAnswersAreRecordedWithoutLiterals() {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        session.run("select count(*) from hospital.patients where nhs_number = '9990001234'");
        session.run("select count(*) from hospital.admissions where cost = 77777.77");
        List<EventType> types =
                session.audit().events().stream().map(AuditEvent::type).toList();
        assertThat(types).containsExactly(EventType.QUERY_REFUSED, EventType.QUERY_DECIDED, EventType.QUERY_EXECUTED);
        for (AuditEvent event : session.audit().events()) {
            assertThat(event.fields().toString()).doesNotContain("9990001234", "77777.77");
        }
        assertThat(session.audit().events().getFirst().disclosures().get("sql")).contains("9990001234");
    }

    @Test
    void aSourceThatIsDownIsSaidQuickly() {
        RecordingAuditLog audit = new RecordingAuditLog();
        DemoRoad.Session session =
                ROAD.session("ada", "diabetes", new MemoryPublishedAnswers(), audit, closedPort(), () -> ROAD.policy);
        long start = System.nanoTime();
        DemoRoad.Result result = session.run(COUNT);
        assertThat(code(result)).isEqualTo(ProblemCode.SOURCE_UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(String.valueOf(result.problem())).doesNotContain("127.0.0.1", "nobody", "Exception");
        assertThat(audit.events().stream().map(AuditEvent::type))
                .containsExactly(EventType.QUERY_DECIDED, EventType.QUERY_FAILED);
    }

    @Test
    void twoStatementsInOneTextAreASyntaxError() {
        assertThat(code(ROAD.session("ada", "diabetes").run(COUNT + "; " + COUNT)))
                .isEqualTo(ProblemCode.SYNTAX);
    }

    @Tag("S27")
    @Test
    void aStatementPreparedUnderAnotherPolicyIsStale() {
        AtomicReference<PolicySnapshot> current = new AtomicReference<>(ROAD.policy);
        DemoRoad.Session session = ROAD.session(
                "ada",
                "diabetes",
                new MemoryPublishedAnswers(),
                new RecordingAuditLog(),
                ROAD.connector,
                () -> Objects.requireNonNull(current.get()));
        Outcome<QueryDesk.Prepared> prepared = session.desk()
                .prepare(session.asker(), COUNT, List.of(), new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO));
        current.set(PolicyEdits.called("0".repeat(64), ROAD.policy));
        Outcome<Answer> outcome = prepared.then(statement -> statement.execute(List.of()));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problem())
                                .extracting(Problem::code)
                                .isEqualTo(ProblemCode.STALE_STATEMENT));
    }
}
