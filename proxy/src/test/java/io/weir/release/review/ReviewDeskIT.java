package io.weir.release.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.identity.PersonId;
import io.weir.policy.Person;
import io.weir.problem.Outcome;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import io.weir.release.request.Comment;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.RequestView;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewDeskIT {
    @TempDir
    Path directory;

    private ReleaseRoad road;

    @BeforeEach
    void open() throws SQLException {
        road = new ReleaseRoad(directory);
    }

    @AfterEach
    void close() {
        road.close();
    }

    private List<Outcome<RequestSummary>> atOnce(List<Callable<Outcome<RequestSummary>>> votes) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(votes.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<RequestSummary>>> futures = new ArrayList<>();
            for (Callable<Outcome<RequestSummary>> vote : votes) {
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return vote.call();
                }));
            }
            List<Outcome<RequestSummary>> outcomes = new ArrayList<>();
            for (Future<Outcome<RequestSummary>> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    @RepeatedTest(5)
    void twoCheckersAtOnceApproveExactlyOnce() throws Exception {
        String id = road.ask();
        List<Outcome<RequestSummary>> outcomes = atOnce(List.of(
                () -> road.review.approve(Fixtures.CHECKER_1, id, Remarks.none()),
                () -> road.review.approve(Fixtures.CHECKER_2, id, Remarks.none())));
        assertThat(outcomes).allMatch(o -> o instanceof Outcome.Value);
        assertThat(road.state(id)).isEqualTo("approved");
        assertThat(road.audit.events(EventType.RELEASE_VOTED)).hasSize(1);
        assertThat(road.audit.events(EventType.RELEASE_APPROVED)).hasSize(1);
    }

    @Test
    void theSameCheckerAtOnceAndAgainCountsOnce() throws Exception {
        String id = road.ask();
        List<Outcome<RequestSummary>> outcomes = atOnce(List.of(
                () -> road.review.approve(Fixtures.CHECKER_1, id, Remarks.none()),
                () -> road.review.approve(Fixtures.CHECKER_1, id, Remarks.none()),
                () -> road.review.approve(Fixtures.CHECKER_1, id, Remarks.none())));
        assertThat(outcomes.stream().filter(o -> o instanceof Outcome.Value)).hasSize(1);
        assertThat(outcomes.toString()).contains("voted already");
        assertThat(road.state(id)).isEqualTo("partially_reviewed");
        assertThat(road.query("SELECT count(*) FROM release_votes")).isEqualTo("1");
    }

    @Test
    void approvalAndRejectionAtOnceNeverEndApproved() throws Exception {
        String id = road.ask();
        atOnce(List.of(
                () -> road.review.approve(Fixtures.CHECKER_1, id, Remarks.none()),
                () -> road.review.reject(Fixtures.CHECKER_2, id, Remarks.none()),
                () -> road.review.approve(Fixtures.CHECKER_3, id, Remarks.none())));
        assertThat(road.state(id)).isIn("approved", "rejected");
        // When both approvals came first the rejection was told so; a recorded rejection is always the end.
        assertThat(road.query("SELECT count(*) FROM release_votes WHERE ballot = 'reject'"))
                .isEqualTo(road.state(id).equals("rejected") ? "1" : "0");
    }

    @Test
    void authorMemberUntrainedAndStrangerAreRefusedAndRecorded() {
        String id = road.ask();
        for (PersonId person : List.of(
                Fixtures.AUTHOR, Fixtures.COLLEAGUE, Fixtures.UNTRAINED, Fixtures.OPERATOR, new PersonId("eve"))) {
            assertThat(road.review.approve(person, id, Remarks.none()).toString())
                    .as("%s", person)
                    .contains("NOT_PERMITTED");
            assertThat(road.review.show(person, id).toString()).contains("NOT_PERMITTED");
        }
        assertThat(road.audit.events(EventType.ACCESS_DENIED)).hasSize(10);
        assertThat(road.state(id)).isEqualTo("submitted");
        assertThat(road.review.list(Fixtures.COLLEAGUE).orThrow()).isEmpty();
    }

    @Test
    void anApprovalFallsWhenTheRoleIsRemovedMeanwhile() {
        String id = road.ask();
        road.review.approve(Fixtures.CHECKER_1, id, Remarks.none()).orThrow();
        Map<PersonId, Person> people = Fixtures.people();
        people.remove(Fixtures.CHECKER_1);
        road.policy = Fixtures.policy(people, Fixtures.agreement(), Fixtures.RECIPIENT);
        assertThat(road.review
                        .approve(Fixtures.CHECKER_2, id, Remarks.none())
                        .orThrow()
                        .state())
                .isEqualTo("partially_reviewed");
        assertThat(road.review
                        .approve(Fixtures.CHECKER_3, id, Remarks.none())
                        .orThrow()
                        .state())
                .isEqualTo("approved");
    }

    @Test
    void theFirstPhaseIsBlindAndAReturnReachesTheAuthor() {
        String id = road.ask();
        road.review
                .approve(Fixtures.CHECKER_1, id, new Remarks(null, "fine by me"))
                .orThrow();
        assertThat(road.review.queue(Fixtures.CHECKER_1).orThrow()).isEmpty();
        assertThat(road.review.queue(Fixtures.CHECKER_2).orThrow()).hasSize(1);
        RequestView blind = road.review.show(Fixtures.CHECKER_2, id).orThrow();
        assertThat(blind.votes()).isEmpty();
        assertThat(blind.comments()).isEmpty();
        road.review
                .comment(Fixtures.CHECKER_2, id, Comment.Audience.PRIVATE, "unsure")
                .orThrow();
        assertThat(road.review
                        .requestChanges(Fixtures.CHECKER_2, id, Remarks.forAuthor("name the denominator"))
                        .orThrow()
                        .state())
                .isEqualTo("returned");
        RequestView author = road.desk.show(Fixtures.asker(), id).orThrow();
        assertThat(author.comments()).singleElement().satisfies(c -> {
            assertThat(c.text()).isEqualTo("name the denominator");
            assertThat(c.by()).isEqualTo("checker");
        });
        assertThat(road.review.show(Fixtures.CHECKER_3, id).orThrow().comments())
                .hasSize(3);
        assertThat(road.audit.events(EventType.RELEASE_VIEWED)).hasSize(2);
        assertThat(road.audit.events(EventType.RELEASE_RETURNED))
                .singleElement()
                .satisfies(e -> assertThat(e.fields().toString()).doesNotContain("denominator"));
    }

    @Test
    void whatIsDecidedStaysDecided() {
        String id = road.ask();
        road.review.reject(Fixtures.CHECKER_1, id, Remarks.none()).orThrow();
        assertThat(road.review.approve(Fixtures.CHECKER_2, id, Remarks.none()).toString())
                .contains("WRONG_STATE");
        assertThat(road.desk.withdraw(Fixtures.asker(), id).toString()).contains("WRONG_STATE");
    }
}
