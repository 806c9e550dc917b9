package io.weir.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditField;
import io.weir.audit.EventType;
import io.weir.audit.log.AuditFixture;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log can be intact and still tell of something that must not happen. */
class MeaningTest {
    @TempDir
    Path temp;

    @Test
    void permittedExecutionIsFine() throws Exception {
        assertThat(kinds(decided("q1", "permit"), executed("q1"))).isEmpty();
    }

    @Test
    void executionWithoutADecisionIsFound() throws Exception {
        assertThat(kinds(decided("q2", "permit"), executed("q1"))).containsExactly(Kind.EXECUTED_WITHOUT_PERMIT);
    }

    @Test
    void executionOfARefusedQueryIsFound() throws Exception {
        assertThat(kinds(decided("q1", "refuse"), executed("q1"))).containsExactly(Kind.EXECUTED_WITHOUT_PERMIT);
    }

    @Test
    void decisionAfterTheExecutionIsTooLate() throws Exception {
        assertThat(kinds(executed("q1"), decided("q1", "permit"))).containsExactly(Kind.EXECUTED_WITHOUT_PERMIT);
    }

    @Test
    void releaseWithTwoCheckersIsFine() throws Exception {
        assertThat(kinds(requested(), vote("ann"), vote("ben"), approved(2), sealed(), delivered()))
                .isEmpty();
    }

    @Test
    void lastVoteMayBePartOfTheApproval() throws Exception {
        AuditEvent last = approved(2).with(AuditField.CHECKER, "ben").with(AuditField.VOTE, "approve");
        assertThat(kinds(requested(), vote("ann"), last, sealed())).isEmpty();
    }

    @Test
    void oneCheckerVotingTwiceIsNotTwoCheckers() throws Exception {
        assertThat(kinds(requested(), vote("ann"), vote("ann"), approved(2), sealed()))
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES);
    }

    @Test
    void theAuthorsVoteDoesNotCountAndIsFound() throws Exception {
        assertThat(kinds(requested(), vote("ann"), vote("author"), approved(2), sealed()))
                .containsExactly(Kind.AUTHOR_VOTED, Kind.RELEASED_WITHOUT_VOTES);
    }

    @Test
    void deliveryWithoutApprovalIsFound() throws Exception {
        assertThat(kinds(requested(), vote("ann"), vote("ben"), delivered()))
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES);
    }

    @Test
    void votesBeforeAReturnDoNotCountAfterIt() throws Exception {
        AuditEvent returned = AuditEvent.of(EventType.RELEASE_RETURNED).with(AuditField.REQUEST, "r1");
        assertThat(kinds(requested(), vote("ann"), vote("ben"), returned, vote("ann"), approved(2), sealed()))
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES);
    }

    @Test
    void withdrawnVoteDoesNotCount() throws Exception {
        AuditEvent changed = vote("ben").with(AuditField.VOTE, "request_changes");
        assertThat(kinds(requested(), vote("ann"), vote("ben"), changed, approved(2), sealed()))
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES);
    }

    @Test
    void voteOfAnAbandonedChangeDoesNotCount() throws Exception {
        AuditEvent vote = vote("ben").with(AuditField.CHANGE, "c7");
        AuditEvent abandoned = AuditEvent.of(EventType.CHANGE_ABANDONED).with(AuditField.CHANGE, "c7");
        assertThat(kinds(requested(), vote("ann"), vote, abandoned, approved(2), sealed()))
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES);
    }

    @Test
    void numberOfCheckersIsTheAgreements() throws Exception {
        assertThat(kinds(requested(), vote("ann"), approved(1), sealed())).isEmpty();
        assertThat(kinds(requested(), vote("ann"), vote("ben"), approved(3), sealed()))
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES);
    }

    private int logs;

    private List<Kind> kinds(AuditEvent... events) throws IOException {
        Path directory = temp.resolve("audit" + logs++);
        try (FileAuditLog log = AuditFixture.open(directory)) {
            for (AuditEvent event : events) {
                log.append(event);
            }
        }
        return AuditFixture.kinds(AuditFixture.verify(directory));
    }

    private static AuditEvent decided(String query, String decision) {
        return AuditEvent.of(EventType.QUERY_DECIDED)
                .with(AuditField.QUERY, query)
                .with(AuditField.DECISION, decision);
    }

    private static AuditEvent executed(String query) {
        return AuditEvent.of(EventType.QUERY_EXECUTED).with(AuditField.QUERY, query);
    }

    private static AuditEvent requested() {
        return AuditEvent.of(EventType.RELEASE_REQUESTED)
                .with(AuditField.REQUEST, "r1")
                .with(AuditField.AUTHOR, "author");
    }

    private static AuditEvent vote(String checker) {
        return AuditEvent.of(EventType.RELEASE_VOTED)
                .with(AuditField.REQUEST, "r1")
                .with(AuditField.CHECKER, checker)
                .with(AuditField.VOTE, AuditField.APPROVE);
    }

    private static AuditEvent approved(int required) {
        return AuditEvent.of(EventType.RELEASE_APPROVED)
                .with(AuditField.REQUEST, "r1")
                .with(AuditField.REQUIRED, required);
    }

    private static AuditEvent sealed() {
        return AuditEvent.of(EventType.RELEASE_SEALED).with(AuditField.REQUEST, "r1");
    }

    private static AuditEvent delivered() {
        return AuditEvent.of(EventType.DELIVERY_STARTED).with(AuditField.REQUEST, "r1");
    }
}
