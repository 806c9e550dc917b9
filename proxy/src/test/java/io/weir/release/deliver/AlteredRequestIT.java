package io.weir.release.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.weir.audit.EventType;
import io.weir.audit.log.AuditFixture;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.verify.AuditReport;
import io.weir.audit.verify.Finding;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.policy.Agreement;
import io.weir.policy.Destination;
import io.weir.policy.PolicySnapshot;
import io.weir.query.answer.FrozenAnswer;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import io.weir.release.request.CaseDigest;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestId;
import io.weir.release.review.ApprovalGate;
import io.weir.release.review.Remarks;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else than Weir writes to the control store. */
class AlteredRequestIT {
    private static final String UNPROTECT = "ALTER TABLE %s DISABLE TRIGGER USER";

    @TempDir
    Path directory;

    private ReleaseRoad road;

    @BeforeEach
    void open() throws Exception {
        road = new ReleaseRoad(directory);
        road.policy = twoDestinations(
                new X25519KeyPairGenerator().generateKeyPair().getPublic().toString());
    }

    @AfterEach
    void close() {
        road.close();
    }

    /** Both destinations with the same key: only the id differs. */
    private static PolicySnapshot twoDestinations(String recipient) {
        PolicySnapshot one = Fixtures.policy(Fixtures.people(), Fixtures.agreement(), recipient);
        Destination bucket = Fixtures.bucket(recipient);
        Agreement other = one.agreements().values().iterator().next();
        return new PolicySnapshot(
                one.digest(),
                one.sources(),
                one.datasets(),
                one.organisations(),
                one.people(),
                one.projects(),
                one.purposes(),
                one.legalBases(),
                Map.of(other.id(), other),
                one.profiles(),
                Map.of("trust-bucket", bucket, "uni-sftp", bucket));
    }

    private void unprotected(String table, String sql) throws SQLException {
        road.database.run(UNPROTECT.formatted(table), sql, "ALTER TABLE %s ENABLE TRIGGER USER".formatted(table));
    }

    private String stored(String id, String column) throws SQLException {
        return String.valueOf(road.query("SELECT %s FROM release_requests WHERE id = '%s'".formatted(column, id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "destination = 'uni-sftp'",
                "project = 'other'",
                "agreement = 'dsa-2'",
                "author = 'colin'",
                "title = 'Strokes by county'",
                "purpose_note = 'for the papers'",
                "case_digest = repeat('0', 64)",
                "row_count = 1",
                "created_at = now()"
            })
    void whatIsAskedCannotBeChangedInTheStore(String change) throws Exception {
        road.approved();
        assertThatThrownBy(() -> road.database.run("UPDATE release_requests SET " + change))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("written once");
        for (String table : Set.of("release_votes", "frozen_answers", "release_transitions")) {
            assertThatThrownBy(() -> road.database.run("DELETE FROM " + table))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("written once");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "destination = 'uni-sftp'",
                "title = 'Strokes by county'",
                "purpose_note = 'for the papers'",
                "author = 'colin'",
                "project = 'other'",
                "case_digest = repeat('0', 64)"
            })
    void anApprovedRequestThatWasAlteredIsNotSealed(String change) throws Exception {
        String id = road.approved();
        unprotected("release_requests", "UPDATE release_requests SET " + change);
        road.courier().runOnce();
        assertThat(stored(id, "state")).isEqualTo("failed");
        assertThat(road.destination.files()).isEmpty();
        assertThat(road.spoolDirectory).isEmptyDirectory();
        assertThat(road.audit.events(EventType.DELIVERY_FAILED)).singleElement();
    }

    @Test
    void theAlterationIsToldAndNobodyVotesOnIt() throws Exception {
        String id = road.ask();
        road.review.approve(Fixtures.CHECKER_1, id, Remarks.none()).orThrow();
        unprotected("release_requests", "UPDATE release_requests SET destination = 'uni-sftp'");
        assertThat(road.review.show(Fixtures.CHECKER_2, id).toString()).contains("not the one that was asked");
        assertThat(road.review.approve(Fixtures.CHECKER_2, id, Remarks.none()).toString())
                .contains("not the one that was asked");
        assertThat(road.audit.events(EventType.ACCESS_DENIED)).hasSize(2);
        assertThat(stored(id, "state")).isEqualTo("partially_reviewed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"destination = 'uni-sftp'", "title = 'Strokes by county'", "case_digest = repeat('0', 64)"})
    void aSealedRequestThatWasAlteredIsNotSent(String change) throws Exception {
        String id = road.approved();
        road.destination.failWith(Kind.TRANSIENT);
        road.courier().runOnce();
        assertThat(stored(id, "state")).isEqualTo("sealed");
        unprotected("release_requests", "UPDATE release_requests SET " + change);
        road.clock.turn(Duration.ofHours(1));
        road.courier().runOnce();
        assertThat(stored(id, "state")).isEqualTo("failed");
        assertThat(stored(id, "reason")).isEqualTo(ApprovalGate.ALTERED);
        assertThat(road.alerts).containsExactly(ApprovalGate.ALTERED);
        assertThat(road.destination.files()).isEmpty();
    }

    @Test
    void votesOnAnotherCaseAreNotVotesOnThisOne() throws Exception {
        String id = road.approved();
        String otherId = road.ask();
        unprotected(
                "release_votes",
                "UPDATE release_votes SET case_digest = (SELECT case_digest FROM release_requests WHERE id = '"
                        + otherId + "')");
        road.courier().runOnce();
        assertThat(stored(id, "state")).isEqualTo("failed");
    }

    /** Whoever can rewrite all rows can make them agree; the log keeps what was asked and voted on. */
    @Test
    void aConsistentForgeryOfAllRowsIsFoundByTheVerifier() throws Exception {
        Path logDirectory = directory.resolve("audit");
        String id;
        try (FileAuditLog log = AuditFixture.open(logDirectory)) {
            road.audit.afterAppend(log::append);
            id = road.approved();
            forge(id);
            road.courier().runOnce();
            assertThat(stored(id, "state")).isEqualTo("delivered");
        }
        AuditReport report = AuditFixture.verify(logDirectory);
        assertThat(AuditFixture.kinds(report)).containsExactly(Finding.Kind.RELEASE_CHANGED);
        assertThat(((AuditReport.Invalid) report).findings())
                .anySatisfy(f -> assertThat(f.sentence())
                        .matches("Release " + id + ": the digest of record \\d+ \\(release.sealed\\) is not the one of"
                                + " record \\d+ \\(release.requested\\)\\."));
    }

    private void forge(String id) throws SQLException {
        FrozenAnswer asked = Fixtures.answer();
        FrozenContent other = FrozenContent.of(
                Fixtures.answer("aggregate", asked.columns(), asked.rows().subList(0, 1)), new Random(77));
        ReleaseRequest request = road.requests.find(new RequestId(id)).orElseThrow();
        String caseDigest = CaseDigest.of(request, other);
        try (Connection connection = road.database.connect();
                PreparedStatement frozen =
                        connection.prepareStatement("INSERT INTO frozen_answers (digest, content) VALUES (?, ?)")) {
            frozen.setString(1, other.digest());
            frozen.setString(2, other.json());
            frozen.execute();
        }
        unprotected(
                "release_requests",
                "UPDATE release_requests SET digest = '%s', case_digest = '%s'".formatted(other.digest(), caseDigest));
        unprotected("release_votes", "UPDATE release_votes SET case_digest = '%s'".formatted(caseDigest));
    }
}
