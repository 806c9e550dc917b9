package io.weir.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.identity.Asker;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import io.weir.policy.Admission;
import io.weir.policy.Person;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Ballot;
import io.weir.release.request.RequestDesk;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.RequestView;
import io.weir.release.review.Permissions;
import io.weir.release.review.Remarks;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Release requests over HTTP, for authors and checkers. Thread-safe, blocks. */
public final class ReleaseApi {
    private static final Map<String, Ballot> BALLOTS =
            Map.of("approve", Ballot.APPROVE, "reject", Ballot.REJECT, "return", Ballot.REQUEST_CHANGES);

    private final PolicySource policies;
    private final Admission admission;
    private final RequestDesk requests;
    private final CheckerDesk checkers;
    private final Denials denials;
    private final Clock clock;

    public ReleaseApi(
            PolicySource policies,
            Admission admission,
            RequestDesk requests,
            CheckerDesk checkers,
            Denials denials,
            Clock clock) {
        this.policies = policies;
        this.admission = admission;
        this.requests = requests;
        this.checkers = checkers;
        this.denials = denials;
        this.clock = clock;
    }

    /** Own requests in every project, and for checkers all that they may see; newest first. */
    public Reply list(Caller caller) {
        Admissions own = admissions(caller);
        boolean checker = problemWithChecking(caller) == null;
        if (own.askers().isEmpty() && !checker) {
            throw refused(caller, "list", own.refusal());
        }
        Map<String, RequestSummary> found = new LinkedHashMap<>();
        for (Asker asker : own.askers()) {
            value(requests.list(asker)).forEach(r -> found.put(r.id(), r));
        }
        if (checker) {
            value(checkers.list(caller.person())).forEach(r -> found.put(r.id(), r));
        }
        List<RequestSummary> sorted = found.values().stream()
                .sorted(Comparator.comparing(RequestSummary::createdAt)
                        .reversed()
                        .thenComparing(RequestSummary::id))
                .toList();
        return Reply.json(200, Map.of("releases", sorted));
    }

    public Reply request(Caller caller, JsonBody body) {
        body.only("query", "title", "purposeNote", "destination", "project");
        String query = body.text("query");
        String title = body.text("title");
        String purposeNote = body.text("purposeNote");
        String destination = body.text("destination");
        String project = body.text("project");
        Asker asker = switch (admission.admit(caller.person(), project, caller.correlation())) {
            case Outcome.Value<Asker>(Asker admitted) -> admitted;
            case Outcome.Refused<Asker>(Problem problem) -> throw refused(caller, "request_release", problem);
        };
        RequestView view = value(requests.request(asker, query, title, purposeNote, destination));
        return Reply.json(
                201,
                "application/json",
                Map.of("Location", "/api/v1/releases/" + view.summary().id()),
                readAs("author", view));
    }

    /** As its author's project sees it, else as a checker does. */
    public Reply show(Caller caller, String id) {
        Own own = own(caller, id);
        if (own != null) {
            return Reply.json(200, readAs("author", own.view()));
        }
        if (problemWithChecking(caller) == null) {
            switch (checkers.show(caller.person(), id)) {
                case Outcome.Value<RequestView>(RequestView view) -> {
                    return Reply.json(200, readAs("checker", view));
                }
                case Outcome.Refused<RequestView>(Problem problem) -> {
                    if (problem.code() != ProblemCode.NOT_PERMITTED) {
                        throw HttpProblem.of(problem).asException();
                    }
                }
            }
        }
        throw unknown(caller, "show", id);
    }

    public Reply vote(Caller caller, String id, JsonBody body) {
        body.only("ballot", "comment", "privateComment");
        Ballot ballot = BALLOTS.get(body.text("ballot"));
        if (ballot == null) {
            throw HttpProblem.invalid("field \"ballot\" must be one of approve, reject, return")
                    .asException();
        }
        Remarks remarks = new Remarks(body.optionalText("comment"), body.optionalText("privateComment"));
        return switch (checkers.vote(caller.person(), id, ballot, remarks)) {
            case Outcome.Value<RequestSummary>(RequestSummary summary) -> Reply.json(200, summary);
            case Outcome.Refused<RequestSummary>(Problem problem) -> throw hiding(caller, "vote", id, problem);
        };
    }

    public Reply withdraw(Caller caller, String id, JsonBody body) {
        body.only();
        Own own = own(caller, id);
        if (own == null) {
            throw unknown(caller, "withdraw", id);
        }
        return switch (requests.withdraw(own.asker(), id)) {
            case Outcome.Value<RequestSummary>(RequestSummary summary) -> Reply.json(200, summary);
            case Outcome.Refused<RequestSummary>(Problem problem) ->
                throw HttpProblem.of(
                                problem.code() == ProblemCode.NOT_PERMITTED
                                        ? Problem.of(ProblemCode.NOT_PERMITTED, "only the author withdraws a request")
                                        : problem)
                        .asException();
        };
    }

    /** A refusal of a person is told as such only where the person may know that the request exists, or lacks the role anyway. */
    private HttpProblemException hiding(Caller caller, String action, String id, Problem problem) {
        if (problem.code() != ProblemCode.NOT_PERMITTED) {
            return HttpProblem.of(problem).asException();
        }
        Problem role = problemWithChecking(caller);
        if (role != null) {
            return HttpProblem.of(role).asException();
        }
        return own(caller, id) != null ? HttpProblem.of(problem).asException() : unknown(caller, action, id);
    }

    private HttpProblemException unknown(Caller caller, String action, String id) {
        denials.denied(caller, action, "NOT_FOUND", id);
        return HttpProblem.noSuchRequest().asException();
    }

    private HttpProblemException refused(Caller caller, String action, Problem problem) {
        denials.denied(caller, action, problem.code().name(), "");
        return HttpProblem.of(problem).asException();
    }

    private @Nullable Problem problemWithChecking(Caller caller) {
        return Permissions.problemWithRole(policies.current(), LocalDate.now(clock), caller.person(), Role.CHECKER);
    }

    /** A request of one of the caller's projects. */
    private record Own(Asker asker, RequestView view) {}

    private @Nullable Own own(Caller caller, String id) {
        for (Asker asker : admissions(caller).askers()) {
            switch (requests.show(asker, id)) {
                case Outcome.Value<RequestView>(RequestView view) -> {
                    return new Own(asker, view);
                }
                case Outcome.Refused<RequestView>(Problem problem) -> {
                    if (problem.code() != ProblemCode.NOT_PERMITTED) {
                        throw HttpProblem.of(problem).asException();
                    }
                }
            }
        }
        return null;
    }

    /** @param refusal why there is none, where there is none */
    private record Admissions(List<Asker> askers, Problem refusal) {}

    private Admissions admissions(Caller caller) {
        PolicySnapshot policy = policies.current();
        Problem refusal =
                Problem.of(ProblemCode.NOT_PERMITTED, "this account has neither a project nor requests to review");
        List<Asker> askers = new ArrayList<>();
        List<ProjectId> projects = Optional.ofNullable(policy.people().get(caller.person()))
                .map(Person::projects)
                .map(all -> all.stream()
                        .sorted(Comparator.comparing(ProjectId::value))
                        .toList())
                .orElse(List.of());
        for (ProjectId project : projects) {
            switch (admission.admit(caller.person(), project.value(), caller.correlation())) {
                case Outcome.Value<Asker>(Asker asker) -> askers.add(asker);
                case Outcome.Refused<Asker>(Problem problem) -> refusal = problem;
            }
        }
        return new Admissions(askers, refusal);
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Value<T>(T value) -> value;
            case Outcome.Refused<T>(Problem problem) ->
                throw HttpProblem.of(problem).asException();
        };
    }

    private static ObjectNode readAs(String reader, RequestView view) {
        ObjectNode node = Reply.JSON.valueToTree(view);
        return node.put("reader", reader);
    }
}
