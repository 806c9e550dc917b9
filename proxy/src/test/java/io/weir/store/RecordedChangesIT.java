package io.weir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.problem.ProblemException;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestEvents;
import io.weir.release.request.RequestId;
import io.weir.release.request.Step;
import io.weir.release.review.Remarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decision 0005: a state is never without its record, and a record without its state is followed by {@code change.abandoned}. */
class RecordedChangesIT {
    @TempDir
    Path directory;

    @Test
    void withoutTheLogNothingChangesAndNothingStaysOpenOnceItIsBack() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            String id = road.ask();
            road.audit.breakNow();
            assertThat(road.review
                            .approve(Fixtures.CHECKER_1, id, Remarks.none())
                            .toString())
                    .contains("AUDIT_UNAVAILABLE");
            road.audit.repair();
            assertThat(road.state(id)).isEqualTo("submitted");
            assertThat(road.query("SELECT count(*) FROM release_votes")).isEqualTo("0");
            assertThat(road.changes.settle()).isEqualTo(1);
            assertThat(road.changes.settle()).isZero();
            assertThat(road.audit.events(EventType.CHANGE_ABANDONED)).hasSize(1);
        }
    }

    @Test
    void aConnectionLostBetweenRecordAndCommitLeavesTheOldStateAndACompensatingRecord() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            String id = road.ask();
            road.audit.afterAppend(e -> {
                if (e.type() == EventType.RELEASE_VOTED) {
                    terminateTransactions(road);
                }
            });
            assertThat(road.review
                            .approve(Fixtures.CHECKER_1, id, Remarks.none())
                            .toString())
                    .contains("STORE_UNAVAILABLE");
            road.audit.afterAppend(e -> {});
            road.changes.settle();
            assertThat(road.state(id)).isEqualTo("submitted");
            Object change =
                    only(road.audit.events(EventType.RELEASE_VOTED)).fields().get("change");
            assertThat(only(road.audit.events(EventType.CHANGE_ABANDONED))
                            .fields()
                            .get("change"))
                    .isEqualTo(change);
            assertThat(road.review
                            .approve(Fixtures.CHECKER_1, id, Remarks.none())
                            .orThrow()
                            .state())
                    .isEqualTo("partially_reviewed");
        }
    }

    private static AuditEvent only(List<AuditEvent> events) {
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private static void terminateTransactions(ReleaseRoad road) {
        try {
            road.query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND state = 'idle in transaction'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStaleStepChangesAndRecordsNothing() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            RequestId id = new RequestId(road.ask());
            Step step = Step.of(
                    road.requests.find(id).orElseThrow(), RequestAction.WITHDRAW, Fixtures.AUTHOR, Fixtures.NOW);
            assertThat(road.requests.apply(step, RequestEvents.of(step))).isTrue();
            assertThat(road.requests.apply(step, RequestEvents.of(step))).isFalse();
            assertThat(road.audit.events(EventType.RELEASE_WITHDRAWN)).hasSize(1);
            assertThat(road.query("SELECT count(*) FROM audit_intents WHERE outcome <> 'done'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void anIntentThatAnotherStartSettledIsOpenedAgain() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            road.database.run(
                    "CREATE FUNCTION settle_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " IF (SELECT count(*) FROM audit_intents) = 1 THEN NEW.outcome := 'abandoned'; END IF;"
                            + " RETURN NEW; END $$",
                    "CREATE TRIGGER t BEFORE INSERT ON audit_intents FOR EACH ROW EXECUTE FUNCTION settle_first()");
            road.ask();
            road.ask();
            assertThat(road.query("SELECT count(*) FROM release_requests")).isEqualTo("2");
            assertThat(road.query("SELECT count(*) FROM audit_intents")).isEqualTo("3");
        }
    }

    @Test
    void everyTransitionAndVoteNamesARecordOfTheLog() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            road.approved();
            assertThat(road.query("SELECT count(*) FROM (SELECT change_id FROM release_transitions UNION ALL"
                            + " SELECT change_id FROM release_votes) c JOIN audit_intents USING (change_id)"
                            + " WHERE outcome = 'done' AND sequence IS NOT NULL"))
                    .isEqualTo("5");
            List<Object> recorded = road.audit.events().stream()
                    .map(e -> e.fields().get("change"))
                    .toList();
            assertThat(recorded).contains(road.query("SELECT change_id FROM release_votes LIMIT 1"));
        }
    }

    /** Where the child process is killed. */
    enum KillPoint {
        BEFORE_RECORD,
        AFTER_RECORD,
        AFTER_COMMIT
    }

    @ParameterizedTest
    @EnumSource(KillPoint.class)
    void aKilledProcessNeverLeavesAStateWithoutARecord(KillPoint point) throws Exception {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            String id = road.ask();
            Path log = directory.resolve("log");
            Process child = kill(road, point, id, log);
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as("killed at the planned point").isEqualTo(KillableProcess.KILLED);

            List<String> recorded = Files.exists(log) ? Files.readAllLines(log) : List.of();
            assertThat(recorded).hasSize(point == KillPoint.BEFORE_RECORD ? 0 : 1);
            assertThat(road.state(id)).isEqualTo(point == KillPoint.AFTER_COMMIT ? "withdrawn" : "submitted");
            awaitRollback(road);
            assertThat(road.changes.settle()).isEqualTo(point == KillPoint.AFTER_COMMIT ? 0 : 1);

            List<@Nullable Object> abandoned = new ArrayList<>();
            road.audit
                    .events(EventType.CHANGE_ABANDONED)
                    .forEach(e -> abandoned.add(e.fields().get("change")));
            switch (point) {
                case BEFORE_RECORD -> assertThat(abandoned).hasSize(1);
                case AFTER_RECORD -> assertThat(abandoned).containsExactly(recorded.getFirst());
                case AFTER_COMMIT -> {
                    assertThat(abandoned).isEmpty();
                    assertThat(road.query("SELECT change_id FROM release_transitions WHERE to_state = 'withdrawn'"))
                            .isEqualTo(recorded.getFirst());
                }
            }
        }
    }

    /** The server notices the dead client by the closed socket and rolls back; until then the intent is locked. */
    private static void awaitRollback(ReleaseRoad road) throws Exception {
        for (int i = 0; i < 200; i++) {
            if ("0"
                    .equals(road.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND state LIKE 'idle in transaction%'"))) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the dead client's transaction is still open");
    }

    private static Process kill(ReleaseRoad road, KillPoint point, String id, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KillableProcess.class.getName(),
                road.database.url(),
                road.database.user(),
                point.name(),
                id,
                log.toString());
        builder.environment().put("STORE_PASSWORD", road.database.password());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aFailingChangeThrowsAndLeavesNoIntent() throws SQLException {
        try (ReleaseRoad road = new ReleaseRoad(directory)) {
            AuditEvent event = AuditEvent.of(EventType.USER_CHANGED);
            assertThatThrownBy(() -> road.changes.apply(event, (h, c) -> h.execute("SELECT 1/0") > 0))
                    .isInstanceOf(ProblemException.class);
            road.audit.breakNow();
            assertThatThrownBy(() -> road.changes.apply(event, (h, c) -> true))
                    .isInstanceOf(AuditUnavailableException.class);
            assertThat(road.audit.events()).isEmpty();
            assertThat(road.query("SELECT count(*) FROM audit_intents")).isEqualTo("1");
        }
    }
}
