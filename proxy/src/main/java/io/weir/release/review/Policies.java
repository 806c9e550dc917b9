package io.weir.release.review;

import io.weir.identity.PersonId;
import io.weir.policy.Agreement;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Ballot;
import io.weir.release.request.Comment;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestState;
import io.weir.release.request.Vote;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When: what the state of a request and its agreement allow. Pure. A null problem means yes. */
public final class Policies {
    private Policies() {}

    /** Whether this vote may be cast now. */
    public static @Nullable Problem problemWithVoting(
            PolicySnapshot policy,
            LocalDate today,
            ReleaseRequest request,
            PersonId checker,
            Ballot ballot,
            Remarks remarks) {
        if (request.state() != RequestState.SUBMITTED && request.state() != RequestState.PARTIALLY_REVIEWED) {
            return Problem.of(
                    ProblemCode.WRONG_STATE,
                    "the request is %s".formatted(request.state().label()));
        }
        if (request.votes().stream().anyMatch(v -> v.checker().equals(checker))) {
            return Problem.of(ProblemCode.WRONG_STATE, "this checker has voted already");
        }
        Problem words = problemWithRemarks(remarks);
        if (words != null) {
            return words;
        }
        return switch (ballot) {
            case APPROVE -> problemWithAgreement(policy, today, request);
            case REJECT -> null;
            case REQUEST_CHANGES ->
                remarks.forAuthor() == null
                        ? Problem.of(ProblemCode.INVALID_VALUE, "a return needs a comment for the author")
                        : null;
        };
    }

    /** Comments are 1 to 4000 characters. */
    static @Nullable Problem problemWithRemarks(Remarks remarks) {
        return badText(remarks.forAuthor()) || badText(remarks.forCheckers())
                ? Problem.of(ProblemCode.INVALID_VALUE, "a comment has 1 to %d characters".formatted(Comment.LONGEST))
                : null;
    }

    private static boolean badText(@Nullable String text) {
        return text != null
                && (text.isBlank()
                        || text.length() > Comment.LONGEST
                        || text.indexOf('\0') >= 0
                        || text.codePoints()
                                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** Whether the request's agreement and destination stand on that day. */
    public static @Nullable Problem problemWithAgreement(
            PolicySnapshot policy, LocalDate today, ReleaseRequest request) {
        Agreement agreement = policy.agreements().get(request.agreement());
        if (agreement == null || !agreement.project().equals(request.project()) || agreement.problemOn(today) != null) {
            return Problem.of(ProblemCode.AGREEMENT_INACTIVE);
        }
        if (!agreement.destinations().contains(request.destination())
                || !policy.destinations().containsKey(request.destination())) {
            return Problem.of(ProblemCode.NOT_RELEASABLE, "the destination is no longer one of the agreement's");
        }
        return null;
    }

    /** Approvals that count now: of this case, by distinct people who may still review. */
    public static List<Vote> standingApprovals(
            PolicySnapshot policy, LocalDate today, ReleaseRequest request, List<Vote> votes) {
        Set<PersonId> seen = new HashSet<>();
        return votes.stream()
                .filter(v -> v.ballot() == Ballot.APPROVE)
                .filter(v -> v.caseDigest().equals(request.caseDigest()))
                .filter(v -> Permissions.problemWithReviewing(policy, today, v.checker(), request) == null)
                .filter(v -> seen.add(v.checker()))
                .toList();
    }

    /** Distinct checkers who must approve under the agreement of this moment. An unknown agreement can never be satisfied. */
    public static int required(PolicySnapshot policy, ReleaseRequest request) {
        Agreement agreement = policy.agreements().get(request.agreement());
        return agreement == null ? Integer.MAX_VALUE : Math.max(1, agreement.reviewersRequired());
    }

    /** What a vote does, given all votes including it. */
    public static RequestAction decide(
            PolicySnapshot policy, LocalDate today, ReleaseRequest request, List<Vote> votes, Ballot ballot) {
        return switch (ballot) {
            case REJECT -> RequestAction.REJECT;
            case REQUEST_CHANGES -> RequestAction.RETURN;
            case APPROVE ->
                standingApprovals(policy, today, request, votes).size() >= required(policy, request)
                        ? RequestAction.APPROVE
                        : RequestAction.VOTE;
        };
    }
}
