package io.weir.release.review;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditField;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.PersonId;
import io.weir.identity.Role;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Ballot;
import io.weir.release.request.CaseDigest;
import io.weir.release.request.Comment;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.Reader;
import io.weir.release.request.Refusals;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestEvents;
import io.weir.release.request.RequestId;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.RequestView;
import io.weir.release.request.RequestViews;
import io.weir.release.request.Step;
import io.weir.release.request.Vote;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checkers' door, for CLI and HTTP. Blocks; thread-safe when its ports are. Every decision is made on one revision of the request with
 * the policy of that moment, and made again when another checker was faster. Refusals of people are audited.
 */
public final class ReviewDesk {
    private static final Set<RequestState> OPEN = EnumSet.of(RequestState.SUBMITTED, RequestState.PARTIALLY_REVIEWED);
    private static final int ATTEMPTS = 10;

    private final PolicySource policies;
    private final RequestStore store;
    private final AuditLog audit;
    private final Clock clock;

    public ReviewDesk(PolicySource policies, RequestStore store, AuditLog audit, Clock clock) {
        this.policies = policies;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Requests that wait for this checker's vote, oldest first. */
    public Outcome<List<RequestSummary>> queue(PersonId checker) {
        return listed(checker, OPEN, true);
    }

    /** All requests that this checker may see, in any state, oldest first. */
    public Outcome<List<RequestSummary>> list(PersonId checker) {
        return listed(checker, EnumSet.allOf(RequestState.class), false);
    }

    private Outcome<List<RequestSummary>> listed(PersonId checker, Set<RequestState> states, boolean onlyWithoutVote) {
        return Refusals.caught(() -> {
            PolicySnapshot policy = policies.current();
            LocalDate today = LocalDate.now(clock);
            Problem problem = Permissions.problemWithRole(policy, today, checker, Role.CHECKER);
            if (problem != null) {
                return denied(checker, "list", null, problem);
            }
            return Outcome.of(store.inStates(states).stream()
                    .filter(r -> Permissions.problemWithReviewing(policy, today, checker, r) == null)
                    .filter(r -> !onlyWithoutVote
                            || r.votes().stream().noneMatch(v -> v.checker().equals(checker)))
                    .map(RequestSummary::of)
                    .toList());
        });
    }

    /** One request as this checker may see it; the view is audited before it is handed over. */
    public Outcome<RequestView> show(PersonId checker, String requestId) {
        return Refusals.caught(() -> {
            Outcome<ReleaseRequest> found = find(checker, "show", requestId);
            return found.then(request -> {
                FrozenContent frozen = store.frozen(request.digest());
                if (!CaseDigest.holds(request, frozen)) {
                    return denied(checker, "show", request, altered());
                }
                audit.append(RequestEvents.about(EventType.RELEASE_VIEWED, request, checker)
                        .with("policy", policies.current().digest()));
                return Outcome.of(RequestViews.view(new Reader.Checker(checker), request, frozen));
            });
        });
    }

    /** Approves; with enough standing approvals the request is approved. */
    public Outcome<RequestSummary> approve(PersonId checker, String requestId, Remarks remarks) {
        return vote(checker, requestId, Ballot.APPROVE, remarks);
    }

    /** Rejects for good. */
    public Outcome<RequestSummary> reject(PersonId checker, String requestId, Remarks remarks) {
        return vote(checker, requestId, Ballot.REJECT, remarks);
    }

    /** Returns to the author; needs a comment for the author. */
    public Outcome<RequestSummary> requestChanges(PersonId checker, String requestId, Remarks remarks) {
        return vote(checker, requestId, Ballot.REQUEST_CHANGES, remarks);
    }

    /** Adds a comment without a vote. */
    public Outcome<RequestSummary> comment(PersonId checker, String requestId, Comment.Audience audience, String text) {
        return Refusals.caught(() -> find(checker, "comment", requestId).then(request -> {
            Problem words = Policies.problemWithRemarks(Remarks.forAuthor(text));
            if (words != null) {
                return Outcome.refused(words);
            }
            store.comment(
                    request.id(),
                    new Comment(checker, audience, text, now()),
                    RequestEvents.about(EventType.RELEASE_COMMENTED, request, checker)
                            .disclosing("comment.1." + audience.label(), text));
            return Outcome.of(RequestSummary.of(request));
        }));
    }

    private Outcome<RequestSummary> vote(PersonId checker, String requestId, Ballot ballot, Remarks remarks) {
        return Refusals.caught(() -> {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Outcome<ReleaseRequest> found = find(checker, ballot.label(), requestId);
                if (!(found instanceof Outcome.Value<ReleaseRequest>(ReleaseRequest request))) {
                    return found.then(r -> Outcome.of(RequestSummary.of(r)));
                }
                PolicySnapshot policy = policies.current();
                LocalDate today = LocalDate.now(clock);
                Problem problem = Policies.problemWithVoting(policy, today, request, checker, ballot, remarks);
                if (problem != null) {
                    return denied(checker, ballot.label(), request, problem);
                }
                if (!CaseDigest.holds(request, store.frozen(request.digest()))) {
                    return denied(checker, ballot.label(), request, altered());
                }
                Step step = step(policy, today, request, checker, ballot, remarks);
                if (store.apply(
                        step,
                        RequestEvents.of(step)
                                .with("policy", policy.digest())
                                .with(AuditField.REQUIRED, Policies.required(policy, request)))) {
                    return Outcome.of(RequestSummary.of(store.find(request.id()).orElseThrow()));
                }
            }
            return Outcome.refused(Refusals.busy());
        });
    }

    private Step step(
            PolicySnapshot policy,
            LocalDate today,
            ReleaseRequest request,
            PersonId checker,
            Ballot ballot,
            Remarks remarks) {
        Instant now = now();
        Vote vote = new Vote(checker, ballot, request.caseDigest(), now);
        List<Vote> all = new ArrayList<>(request.votes());
        all.add(vote);
        RequestAction action = Policies.decide(policy, today, request, all, ballot);
        List<Comment> comments = new ArrayList<>();
        String forAuthor = remarks.forAuthor();
        if (forAuthor != null) {
            comments.add(new Comment(checker, Comment.Audience.PUBLIC, forAuthor, now));
        }
        String forCheckers = remarks.forCheckers();
        if (forCheckers != null) {
            comments.add(new Comment(checker, Comment.Audience.PRIVATE, forCheckers, now));
        }
        return new Step(request, action, checker, now, null, vote, comments);
    }

    private Outcome<ReleaseRequest> find(PersonId checker, String action, String requestId) {
        PolicySnapshot policy = policies.current();
        LocalDate today = LocalDate.now(clock);
        Problem role = Permissions.problemWithRole(policy, today, checker, Role.CHECKER);
        if (role != null) {
            return denied(checker, action, null, role);
        }
        Optional<ReleaseRequest> found =
                RequestId.isRequestId(requestId) ? store.find(new RequestId(requestId)) : Optional.empty();
        if (found.isEmpty()) {
            return Outcome.refused(Refusals.unknownRequest());
        }
        Problem problem = Permissions.problemWithReviewing(policy, today, checker, found.get());
        return problem == null ? Outcome.of(found.get()) : denied(checker, action, found.get(), problem);
    }

    private <T> Outcome<T> denied(PersonId who, String action, @Nullable ReleaseRequest request, Problem problem) {
        AuditEvent event = request == null
                ? AuditEvent.of(EventType.ACCESS_DENIED).with("actor", who.value())
                : RequestEvents.about(EventType.ACCESS_DENIED, request, who);
        audit.append(event.with("action", action)
                .with("policy", policies.current().digest())
                .with("problem", problem.code().name()));
        return Outcome.refused(problem);
    }

    private static Problem altered() {
        return Problem.of(
                ProblemCode.WRONG_STATE, "the stored request is not the one that was asked; tell the operators");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
