package io.weir.web;

import io.weir.identity.PersonId;
import io.weir.policy.load.ReloadablePolicy;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Refusals;
import io.weir.release.request.RequestSummary;
import io.weir.web.api.OperatorDesk;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operators' desk in memory: otto may, the others are refused as the real desk refuses them. */
public final class FakeOperators implements OperatorDesk {
    /** A request whose delivery has failed. */
    public static final String STUCK = "req-000000000000dead";

    public final List<String> reloadedBy = new ArrayList<>();
    public volatile List<YamlProblem> problems = List.of();
    public volatile @Nullable IOException unreadable;
    private volatile String state = "failed";

    private static @Nullable Problem problem(PersonId operator) {
        return operator.value().equals(WebWorld.OTTO)
                ? null
                : Problem.of(ProblemCode.NOT_PERMITTED, "this needs the role operator");
    }

    @Override
    public Outcome<List<RequestSummary>> underWay(PersonId operator) {
        Problem problem = problem(operator);
        return problem != null
                ? Outcome.refused(problem)
                : Outcome.of(List.of(FakeRequests.summary(STUCK, "stroke", "ada", state)));
    }

    @Override
    public Outcome<RequestSummary> resume(PersonId operator, String requestId) {
        Problem problem = problem(operator);
        if (problem != null) {
            return Outcome.refused(problem);
        }
        if (!requestId.equals(STUCK)) {
            return Outcome.refused(Refusals.unknownRequest());
        }
        if (!state.equals("failed")) {
            return Outcome.refused(Problem.of(ProblemCode.WRONG_STATE, "the request is " + state));
        }
        state = "approved";
        return Outcome.of(FakeRequests.summary(STUCK, "stroke", "ada", state));
    }

    @Override
    public ReloadablePolicy.Reload reloadPolicy(PersonId operator) throws IOException {
        IOException failure = unreadable;
        if (failure != null) {
            throw failure;
        }
        reloadedBy.add(operator.value());
        return problems.isEmpty()
                ? new ReloadablePolicy.Reload.InForce("ef".repeat(32), true)
                : new ReloadablePolicy.Reload.Rejected(problems);
    }
}
