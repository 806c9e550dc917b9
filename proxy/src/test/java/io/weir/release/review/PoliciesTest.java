package io.weir.release.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.policy.Person;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.Fixtures;
import io.weir.release.request.Ballot;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestState;
import io.weir.release.request.Vote;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoliciesTest {
    private static final String DIGEST =
            Fixtures.request(RequestState.SUBMITTED).caseDigest();

    private static Vote vote(PersonId checker, Ballot ballot) {
        return new Vote(checker, ballot, DIGEST, Fixtures.NOW);
    }

    @ParameterizedTest
    @EnumSource(RequestState.class)
    void votesAreCastOnlyWhileTheReviewIsOpen(RequestState state) {
        boolean open = state == RequestState.SUBMITTED || state == RequestState.PARTIALLY_REVIEWED;
        for (Ballot ballot : Ballot.values()) {
            Problem problem = Policies.problemWithVoting(
                    Fixtures.policy(),
                    Fixtures.TODAY,
                    Fixtures.request(state),
                    Fixtures.CHECKER_1,
                    ballot,
                    Remarks.forAuthor("see the guide"));
            if (open) {
                assertThat(problem).isNull();
            } else {
                assertThat(problem).extracting(Problem::code).isEqualTo(ProblemCode.WRONG_STATE);
            }
        }
    }

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(Ballot.APPROVE, Remarks.none(), null),
                Arguments.of(Ballot.REJECT, Remarks.none(), null),
                Arguments.of(Ballot.REQUEST_CHANGES, Remarks.none(), ProblemCode.INVALID_VALUE),
                Arguments.of(Ballot.REQUEST_CHANGES, new Remarks(null, "private"), ProblemCode.INVALID_VALUE),
                Arguments.of(Ballot.REQUEST_CHANGES, Remarks.forAuthor("round it"), null),
                Arguments.of(Ballot.APPROVE, Remarks.forAuthor(" "), ProblemCode.INVALID_VALUE),
                Arguments.of(Ballot.APPROVE, new Remarks(null, "x".repeat(4001)), ProblemCode.INVALID_VALUE),
                Arguments.of(Ballot.APPROVE, Remarks.forAuthor("\uD83D"), ProblemCode.INVALID_VALUE));
    }

    @ParameterizedTest
    @MethodSource("words")
    void aReturnNeedsACommentForTheAuthor(Ballot ballot, Remarks remarks, @Nullable ProblemCode expected) {
        Problem problem = Policies.problemWithVoting(
                Fixtures.policy(),
                Fixtures.TODAY,
                Fixtures.request(RequestState.SUBMITTED),
                Fixtures.CHECKER_1,
                ballot,
                remarks);
        assertThat(problem == null ? null : problem.code()).isEqualTo(expected);
    }

    @Test
    void aCheckerVotesOnce() {
        ReleaseRequest request =
                Fixtures.request(RequestState.PARTIALLY_REVIEWED, vote(Fixtures.CHECKER_1, Ballot.APPROVE));
        Problem problem = Policies.problemWithVoting(
                Fixtures.policy(), Fixtures.TODAY, request, Fixtures.CHECKER_1, Ballot.REJECT, Remarks.none());
        assertThat(problem).asString().contains("voted already");
    }

    @Test
    void underAnExpiredAgreementNothingIsApprovedButItCanBeRejected() {
        PolicySnapshot expired = Fixtures.policy(
                Fixtures.people(),
                Fixtures.agreement(2, Set.of("trust-bucket"), false, Fixtures.TODAY.minusDays(1)),
                Fixtures.RECIPIENT);
        ReleaseRequest request = Fixtures.request(RequestState.SUBMITTED);
        Problem approving = Policies.problemWithVoting(
                expired, Fixtures.TODAY, request, Fixtures.CHECKER_1, Ballot.APPROVE, Remarks.none());
        assertThat(approving).extracting(Problem::code).isEqualTo(ProblemCode.AGREEMENT_INACTIVE);
        assertThat(Policies.problemWithVoting(
                        expired, Fixtures.TODAY, request, Fixtures.CHECKER_1, Ballot.REJECT, Remarks.none()))
                .isNull();
    }

    static Stream<Arguments> decisions() {
        Vote first = vote(Fixtures.CHECKER_1, Ballot.APPROVE);
        Vote second = vote(Fixtures.CHECKER_2, Ballot.APPROVE);
        Vote ofOtherBytes = new Vote(Fixtures.CHECKER_2, Ballot.APPROVE, "00".repeat(32), Fixtures.NOW);
        return Stream.of(
                Arguments.of("first of two", 2, List.of(first), Ballot.APPROVE, RequestAction.VOTE),
                Arguments.of("second of two", 2, List.of(first, second), Ballot.APPROVE, RequestAction.APPROVE),
                Arguments.of("one of one", 1, List.of(first), Ballot.APPROVE, RequestAction.APPROVE),
                Arguments.of("zero is read as one", 0, List.of(first), Ballot.APPROVE, RequestAction.APPROVE),
                Arguments.of("second of three", 3, List.of(first, second), Ballot.APPROVE, RequestAction.VOTE),
                Arguments.of("the same twice", 2, List.of(first, first), Ballot.APPROVE, RequestAction.VOTE),
                Arguments.of("other bytes", 2, List.of(first, ofOtherBytes), Ballot.APPROVE, RequestAction.VOTE),
                Arguments.of(
                        "the author's does not count",
                        2,
                        List.of(first, vote(Fixtures.AUTHOR, Ballot.APPROVE)),
                        Ballot.APPROVE,
                        RequestAction.VOTE),
                Arguments.of(
                        "a member's does not count",
                        2,
                        List.of(first, vote(Fixtures.COLLEAGUE, Ballot.APPROVE)),
                        Ballot.APPROVE,
                        RequestAction.VOTE),
                Arguments.of(
                        "one no ends it",
                        2,
                        List.of(first, vote(Fixtures.CHECKER_2, Ballot.REJECT)),
                        Ballot.REJECT,
                        RequestAction.REJECT),
                Arguments.of(
                        "one call for changes returns it",
                        2,
                        List.of(vote(Fixtures.CHECKER_2, Ballot.REQUEST_CHANGES)),
                        Ballot.REQUEST_CHANGES,
                        RequestAction.RETURN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decisions")
    void asManyDistinctCheckersDecideAsTheAgreementAsks(
            String name, int required, List<Vote> votes, Ballot ballot, RequestAction expected) {
        PolicySnapshot policy = Fixtures.policy(
                Fixtures.people(),
                Fixtures.agreement(required, Set.of("trust-bucket"), false, Fixtures.TODAY),
                Fixtures.RECIPIENT);
        assertThat(Policies.decide(policy, Fixtures.TODAY, Fixtures.request(RequestState.SUBMITTED), votes, ballot))
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void anApprovalOfSomebodyWhoseRoleEndedMeanwhileDoesNotCount() {
        Map<PersonId, Person> people = Fixtures.people();
        people.remove(Fixtures.CHECKER_1);
        PolicySnapshot policy = Fixtures.policy(people, Fixtures.agreement(), Fixtures.RECIPIENT);
        List<Vote> votes = List.of(vote(Fixtures.CHECKER_1, Ballot.APPROVE), vote(Fixtures.CHECKER_2, Ballot.APPROVE));
        assertThat(Policies.decide(
                        policy,
                        Fixtures.TODAY,
                        Fixtures.request(RequestState.PARTIALLY_REVIEWED),
                        votes,
                        Ballot.APPROVE))
                .isEqualTo(RequestAction.VOTE);
    }

    @Test
    void withoutTheAgreementNoNumberOfApprovalsIsEnough() {
        PolicySnapshot policy = Fixtures.policy(Fixtures.people(), null, Fixtures.RECIPIENT);
        ReleaseRequest request = Fixtures.request(RequestState.SUBMITTED);
        assertThat(Policies.required(policy, request)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Policies.problemWithAgreement(policy, Fixtures.TODAY, request))
                .isNotNull();
    }
}
