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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log can be intact and still tell of something that must not happen. */
class MeaningTest {
    private static final Map<String, Object> CASE = Map.of(
            AuditField.REQUEST, "r1",
            AuditField.AUTHOR, "author",
            AuditField.PROJECT, "stroke",
            AuditField.AGREEMENT, "dsa-1",
            AuditField.DESTINATION, "bucket",
            AuditField.DIGEST, "d1",
            AuditField.CASE, "s1");

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
                .containsExactly(Kind.RELEASED_WITHOUT_VOTES, Kind.RELEASE_CHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"case", "digest", "destination", "project", "agreement", "author"})
    void whatIsVotedOnSealedAndDeliveredIsWhatWasAsked(String field) throws Exception {
        List<AuditEvent> whole =
                List.of(requested(), vote("ann"), vote("ben"), approved(2), sealed(), delivered(), arrived());
        assertThat(kinds(whole.toArray(AuditEvent[]::new))).isEmpty();
        for (int i = 1; i < whole.size(); i++) {
            for (String value : List.of("another", "")) {
                AuditEvent[] changed = whole.toArray(AuditEvent[]::new);
                changed[i] = changed[i].with(field, value);
                AuditReport report = report(changed);
                assertThat(AuditFixture.kinds(report))
                        .as("%s of %s", field, changed[i].type())
                        .contains(Kind.RELEASE_CHANGED);
                int at = i + 1;
                assertThat(((AuditReport.Invalid) report).findings()).anySatisfy(f -> {
                    assertThat(f.sequence()).isEqualTo(at);
                    assertThat(f.sentence()).contains("the " + field + " of record " + at, "record 1 ");
                });
            }
        }
    }

    @Test
    void recordsFromBeforeTheCaseDigestDoNotVouchForARelease() throws Exception {
        AuditEvent[] old = Stream.of(requested(), vote("ann"), vote("ben"), approved(2), sealed())
                .map(MeaningTest::withoutCase)
                .toArray(AuditEvent[]::new);
        assertThat(kinds(old)).containsExactly(Kind.RELEASE_CHANGED);
    }

    @Test
    void onlyTheSealedBundleIsDelivered() throws Exception {
        AuditEvent other = delivered().with(AuditField.CIPHER, "another");
        assertThat(kinds(requested(), vote("ann"), vote("ben"), approved(2), sealed(), other))
                .containsExactly(Kind.RELEASE_CHANGED);
        assertThat(kinds(requested(), vote("ann"), vote("ben"), approved(2), delivered()))
                .containsExactly(Kind.RELEASE_CHANGED);
    }

    @Test
    void noBundleIsSealedForTwoReleases() throws Exception {
        AuditEvent[] two = Stream.of("r1", "r2")
                .flatMap(id -> Stream.of(requested(), vote("ann"), vote("ben"), approved(2), sealed())
                        .map(event -> event.with(AuditField.REQUEST, id)))
                .toArray(AuditEvent[]::new);
        assertThat(kinds(two)).containsExactly(Kind.RELEASE_CHANGED);
    }

    @Test
    void anAbandonedRequestMayBeAskedAgainInOtherWords() throws Exception {
        AuditEvent lost = requested().with(AuditField.CASE, "c0").with(AuditField.CHANGE, "c7");
        AuditEvent abandoned = AuditEvent.of(EventType.CHANGE_ABANDONED).with(AuditField.CHANGE, "c7");
        assertThat(kinds(lost, abandoned, requested(), vote("ann"), vote("ben"), approved(2), sealed()))
                .isEmpty();
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
        return AuditFixture.kinds(report(events));
    }

    private AuditReport report(AuditEvent... events) throws IOException {
        Path directory = temp.resolve("audit" + logs++);
        try (FileAuditLog log = AuditFixture.open(directory)) {
            for (AuditEvent event : events) {
                log.append(event);
            }
        }
        return AuditFixture.verify(directory);
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
        return AuditEvent.of(EventType.RELEASE_REQUESTED).with(CASE);
    }

    private static AuditEvent vote(String checker) {
        return AuditEvent.of(EventType.RELEASE_VOTED)
                .with(CASE)
                .with(AuditField.CHECKER, checker)
                .with(AuditField.VOTE, AuditField.APPROVE);
    }

    private static AuditEvent approved(int required) {
        return AuditEvent.of(EventType.RELEASE_APPROVED).with(CASE).with(AuditField.REQUIRED, required);
    }

    private static AuditEvent sealed() {
        return AuditEvent.of(EventType.RELEASE_SEALED).with(CASE).with(AuditField.CIPHER, "c1");
    }

    private static AuditEvent delivered() {
        return AuditEvent.of(EventType.DELIVERY_STARTED).with(CASE).with(AuditField.CIPHER, "c1");
    }

    private static AuditEvent arrived() {
        return AuditEvent.of(EventType.DELIVERY_DONE).with(CASE).with(AuditField.CIPHER, "c1");
    }

    private static AuditEvent withoutCase(AuditEvent event) {
        TreeMap<String, Object> fields = new TreeMap<>(event.fields());
        fields.remove(AuditField.CASE);
        return new AuditEvent(event.type(), fields, event.disclosures());
    }
}
