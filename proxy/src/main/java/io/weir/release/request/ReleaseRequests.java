package io.weir.release.request;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.QueryDesk;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Takes requests in, freezes them, shows them and takes them back. Thread-safe when its ports are. */
public final class ReleaseRequests implements RequestDesk {
    private final QueryDesk queries;
    private final PolicySource policies;
    private final RequestStore store;
    private final AuditLog audit;
    private final Clock clock;
    private final RandomGenerator random;
    private final RequestLimits limits;

    /** @param random cryptographically secure outside tests: names and nonces come from it */
    public ReleaseRequests(
            QueryDesk queries,
            PolicySource policies,
            RequestStore store,
            AuditLog audit,
            Clock clock,
            RandomGenerator random,
            RequestLimits limits) {
        this.queries = queries;
        this.policies = policies;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.limits = limits;
    }

    @Override
    public Outcome<RequestView> request(
            Asker asker, String sql, String title, String purposeNote, String destinationId) {
        return Refusals.caught(() -> {
            Problem problem = PreCheck.problemWithAsking(
                    policies.current(), LocalDate.now(clock), asker, title, purposeNote, destinationId);
            if (problem != null) {
                return refuse(asker, problem);
            }
            if (sql.getBytes(StandardCharsets.UTF_8).length > limits.statementBytes()) {
                return refuse(
                        asker,
                        Problem.of(
                                ProblemCode.STATEMENT_TOO_LONG,
                                "It has more than " + limits.statementBytes() + " bytes."));
            }
            Outcome<FrozenAnswer> answer = queries.freeze(asker, sql);
            // The last moment to be cancelled: from here on the request is made, and its author is told.
            if (Thread.currentThread().isInterrupted()) {
                return Outcome.refused(Problem.of(ProblemCode.CANCELLED));
            }
            return answer.then(frozen -> submit(asker, frozen, title, purposeNote, destinationId));
        });
    }

    private Outcome<RequestView> submit(
            Asker asker, FrozenAnswer answer, String title, String purposeNote, String destinationId) {
        PolicySnapshot policy = policies.current();
        FrozenContent frozen = FrozenContent.of(answer, random);
        Problem problem = PreCheck.problemWithResult(policy, asker, frozen, limits);
        if (problem != null) {
            return refuse(asker, problem);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ReleaseRequest request = CaseDigest.sign(
                new ReleaseRequest(
                        RequestId.random(random),
                        1,
                        RequestState.SUBMITTED,
                        asker.person(),
                        asker.project(),
                        asker.agreement(),
                        title,
                        purposeNote,
                        destinationId,
                        frozen.digest(),
                        "",
                        answer.rows().size(),
                        answer.columns().size(),
                        now,
                        now,
                        null,
                        List.of(),
                        List.of()),
                frozen);
        AuditEvent event = RequestEvents.about(EventType.RELEASE_REQUESTED, request, asker.person())
                .with("session", asker.session())
                .with("organisation", asker.organisation())
                .with("purpose", asker.purpose())
                .with("policy", policy.digest())
                .with("datasets", answer.facts().datasets())
                .with("mode", answer.facts().mode())
                .disclosing("title", title)
                .disclosing("purpose_note", purposeNote)
                .disclosing("sql", answer.sql());
        store.create(request, frozen, event);
        return Outcome.of(RequestViews.view(new Reader.Author(asker.person()), request, frozen));
    }

    private <T> Outcome<T> refuse(Asker asker, Problem problem) {
        audit.append(AuditEvent.of(EventType.ACCESS_DENIED)
                .with("actor", asker.person().value())
                .with("project", asker.project().value())
                .with("agreement", asker.agreement())
                .with("session", asker.session())
                .with("action", "request_release")
                .with("problem", problem.code().name()));
        return Outcome.refused(problem);
    }

    @Override
    public Outcome<List<RequestSummary>> list(Asker asker) {
        return Refusals.caught(() -> Outcome.of(store.byAuthor(asker.person(), asker.project()).stream()
                .map(RequestSummary::of)
                .toList()));
    }

    @Override
    public Outcome<RequestView> show(Asker asker, String requestId) {
        return Refusals.caught(() -> find(asker, requestId)
                .<Outcome<RequestView>>map(r ->
                        Outcome.of(RequestViews.view(new Reader.Author(asker.person()), r, store.frozen(r.digest()))))
                .orElseGet(() -> Outcome.refused(Refusals.unknownRequest())));
    }

    private Optional<ReleaseRequest> find(Asker asker, String requestId) {
        if (!RequestId.isRequestId(requestId)) {
            return Optional.empty();
        }
        return store.find(new RequestId(requestId)).filter(r -> r.project().equals(asker.project()));
    }

    @Override
    public Outcome<RequestSummary> withdraw(Asker asker, String requestId) {
        return Refusals.caught(() -> {
            for (int attempt = 0; attempt < 5; attempt++) {
                Optional<ReleaseRequest> found =
                        find(asker, requestId).filter(r -> r.author().equals(asker.person()));
                if (found.isEmpty()) {
                    return refuse(asker, Refusals.unknownRequest());
                }
                ReleaseRequest request = found.get();
                if (Transitions.next(request.state(), RequestAction.WITHDRAW).isEmpty()) {
                    return Outcome.refused(Problem.of(
                            ProblemCode.WRONG_STATE,
                            "a request that is %s cannot be withdrawn"
                                    .formatted(request.state().label())));
                }
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                Step step = Step.of(request, RequestAction.WITHDRAW, asker.person(), now);
                if (store.apply(step, RequestEvents.of(step).with("session", asker.session()))) {
                    return Outcome.of(RequestSummary.of(store.find(request.id()).orElseThrow()));
                }
            }
            return Outcome.refused(Refusals.busy());
        });
    }
}
