package io.weir.release.deliver;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.PersonId;
import io.weir.identity.Role;
import io.weir.policy.PolicySource;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Refusals;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestEvents;
import io.weir.release.request.RequestId;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.Step;
import io.weir.release.review.Permissions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The operators' door: what is under way or failed, and resuming it. They see no results. Blocks; thread-safe. */
public final class DeliveryDesk {
    private final PolicySource policies;
    private final RequestStore store;
    private final AuditLog audit;
    private final Clock clock;

    public DeliveryDesk(PolicySource policies, RequestStore store, AuditLog audit, Clock clock) {
        this.policies = policies;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Requests that are approved, sealed or failed, oldest first. */
    public Outcome<List<RequestSummary>> underWay(PersonId operator) {
        return Refusals.caught(() -> {
            Problem problem =
                    Permissions.problemWithRole(policies.current(), LocalDate.now(clock), operator, Role.OPERATOR);
            if (problem != null) {
                return denied(operator, "list_deliveries", problem);
            }
            return Outcome.of(
                    store.inStates(EnumSet.of(RequestState.APPROVED, RequestState.SEALED, RequestState.FAILED)).stream()
                            .map(RequestSummary::of)
                            .toList());
        });
    }

    /** Sends a failed request back to sealing; approvals, agreement and destination are checked again there. */
    public Outcome<RequestSummary> resume(PersonId operator, String requestId) {
        return Refusals.caught(() -> {
            Problem role =
                    Permissions.problemWithRole(policies.current(), LocalDate.now(clock), operator, Role.OPERATOR);
            if (role != null) {
                return denied(operator, "resume", role);
            }
            Optional<ReleaseRequest> found =
                    RequestId.isRequestId(requestId) ? store.find(new RequestId(requestId)) : Optional.empty();
            if (found.isEmpty()) {
                return Outcome.refused(Refusals.unknownRequest());
            }
            ReleaseRequest request = found.get();
            Problem problem =
                    Permissions.problemWithResuming(policies.current(), LocalDate.now(clock), operator, request);
            if (problem != null) {
                return denied(operator, "resume", problem);
            }
            if (request.state() != RequestState.FAILED) {
                return Outcome.refused(Problem.of(
                        ProblemCode.WRONG_STATE,
                        "the request is %s".formatted(request.state().label())));
            }
            Step step = Step.of(
                    request, RequestAction.RESUME, operator, clock.instant().truncatedTo(ChronoUnit.MICROS));
            if (!store.apply(
                    step,
                    RequestEvents.of(step).with("policy", policies.current().digest()))) {
                return Outcome.refused(Refusals.busy());
            }
            return Outcome.of(RequestSummary.of(store.find(request.id()).orElseThrow()));
        });
    }

    private <T> Outcome<T> denied(PersonId who, String action, Problem problem) {
        audit.append(AuditEvent.of(EventType.ACCESS_DENIED)
                .with("actor", who.value())
                .with("action", action)
                .with("policy", policies.current().digest())
                .with("problem", problem.code().name()));
        return Outcome.refused(problem);
    }
}
