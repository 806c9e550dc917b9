package io.weir.release.review;

import io.weir.policy.Agreement;
import io.weir.policy.Destination;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.problem.Problem;
import io.weir.release.request.Ballot;
import io.weir.release.request.CaseDigest;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.Vote;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks again, at sealing and at delivery, whether a release may go: with the policy of that moment. Thread-safe. */
public final class ApprovalGate {
    /** Public, and for operators: somebody else than Weir has written to the control store. */
    public static final String ALTERED =
            "the stored request is not the one that was approved; an operator must find out why";

    private final PolicySource policies;
    private final RequestStore store;
    private final Clock clock;

    public ApprovalGate(PolicySource policies, RequestStore store, Clock clock) {
        this.policies = policies;
        this.store = store;
        this.clock = clock;
    }

    /** What the gate says. */
    public sealed interface Passage {
        /** It may go. */
        record Open(ApprovedRelease release) implements Passage {}

        /** Approvals no longer stand; the sentence is public. */
        record Lapsed(String reason) implements Passage {}

        /** Agreement or destination no longer stand; the sentence is public. */
        record Closed(String reason) implements Passage {}
    }

    /** Checks a request in state approved. */
    public Passage check(ReleaseRequest request) {
        if (request.state() != RequestState.APPROVED) {
            return new Passage.Closed("the request is not approved");
        }
        PolicySnapshot policy = policies.current();
        LocalDate today = LocalDate.now(clock);
        Problem problem = Policies.problemWithAgreement(policy, today, request);
        Agreement agreement = policy.agreements().get(request.agreement());
        Destination destination = policy.destinations().get(request.destination());
        if (problem != null || agreement == null || destination == null) {
            return new Passage.Closed(words(problem));
        }
        FrozenContent frozen = store.frozen(request.digest());
        if (!isWhatWasVotedOn(request, frozen)) {
            return new Passage.Closed(ALTERED);
        }
        List<Vote> approvals = Policies.standingApprovals(policy, today, request, request.votes());
        if (approvals.size() < Policies.required(policy, request)) {
            return new Passage.Lapsed(
                    "an approval no longer stands, because a checker's accreditation ended or changed,"
                            + " or more checkers are required now; please ask again");
        }
        return new Passage.Open(
                new ApprovedRelease(request, frozen, approvals, agreement, destination, policy.digest()));
    }

    /** The row, the frozen content and every vote agree about the case. */
    private static boolean isWhatWasVotedOn(ReleaseRequest request, FrozenContent frozen) {
        return CaseDigest.holds(request, frozen)
                && request.votes().stream().allMatch(v -> v.caseDigest().equals(request.caseDigest()));
    }

    /**
     * Whether a sealed request is still the case that was voted on. Who voted and how many must was asked at sealing.
     *
     * @throws io.weir.problem.ProblemException with {@code INTERNAL} when the frozen answer is damaged
     */
    public boolean isIntact(ReleaseRequest request) {
        return isWhatWasVotedOn(request, store.frozen(request.digest()))
                && request.votes().stream()
                        .anyMatch(v ->
                                v.ballot() == Ballot.APPROVE && !v.checker().equals(request.author()));
    }

    /** The destination of a sealed request as the policy has it now, or null with the agreement or destination gone. */
    public @Nullable Destination destinationNow(ReleaseRequest request) {
        PolicySnapshot policy = policies.current();
        return Policies.problemWithAgreement(policy, LocalDate.now(clock), request) == null
                ? policy.destinations().get(request.destination())
                : null;
    }

    private static String words(@Nullable Problem problem) {
        if (problem == null) {
            return "agreement or destination no longer stand";
        }
        String detail = problem.detail();
        return detail == null ? problem.code().sentence() : detail;
    }
}
