package io.weir.web;

import io.weir.identity.PersonId;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Ballot;
import io.weir.release.request.Refusals;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.RequestView;
import io.weir.release.review.Remarks;
import io.weir.web.api.CheckerDesk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checkers' desk in memory: cora may review, the others are refused as the real desk refuses them. */
public final class FakeCheckers implements CheckerDesk {
    public volatile @Nullable Cast cast;

    private final FakeRequests requests;

    /** A vote. */
    public record Cast(PersonId checker, String requestId, Ballot ballot, Remarks remarks) {}

    FakeCheckers(FakeRequests requests) {
        this.requests = requests;
    }

    private @Nullable Problem problem(PersonId checker, String id) {
        if (checker.value().equals(WebWorld.ADA) || checker.value().equals(WebWorld.BEN)) {
            return Problem.of(ProblemCode.NOT_PERMITTED, "this needs the role checker");
        }
        RequestSummary found = requests.known.get(id);
        if (found == null) {
            return Refusals.unknownRequest();
        }
        return checker.value().equals(WebWorld.CORA)
                ? null
                : Problem.of(ProblemCode.NOT_PERMITTED, "members of the author's project never review its requests");
    }

    @Override
    public Outcome<List<RequestSummary>> list(PersonId checker) {
        return Outcome.of(checker.value().equals(WebWorld.CORA) ? List.copyOf(requests.known.values()) : List.of());
    }

    @Override
    public Outcome<RequestView> show(PersonId checker, String requestId) {
        Problem problem = problem(checker, requestId);
        RequestSummary found = requests.known.get(requestId);
        return problem != null || found == null
                ? Outcome.refused(problem == null ? Refusals.unknownRequest() : problem)
                : Outcome.of(FakeRequests.view(found, true));
    }

    @Override
    public Outcome<RequestSummary> vote(PersonId checker, String requestId, Ballot ballot, Remarks remarks) {
        Problem problem = problem(checker, requestId);
        if (problem != null) {
            return Outcome.refused(problem);
        }
        if (cast != null) {
            return Outcome.refused(Problem.of(ProblemCode.WRONG_STATE, "this checker has voted already"));
        }
        cast = new Cast(checker, requestId, ballot, remarks);
        return Outcome.of(FakeRequests.summary(requestId, "stroke", "ada", "partially_reviewed"));
    }
}
