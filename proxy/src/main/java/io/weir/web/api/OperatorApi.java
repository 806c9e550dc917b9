package io.weir.web.api;

import io.weir.identity.Role;
import io.weir.policy.PolicySource;
import io.weir.policy.load.ReloadablePolicy;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.RequestSummary;
import io.weir.release.review.Permissions;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What only people with the role operator may ask for. Thread-safe, blocks. */
public final class OperatorApi {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorApi.class);

    private final PolicySource policies;
    private final OperatorDesk desk;
    private final Denials denials;
    private final Clock clock;

    public OperatorApi(PolicySource policies, OperatorDesk desk, Denials denials, Clock clock) {
        this.policies = policies;
        this.desk = desk;
        this.denials = denials;
        this.clock = clock;
    }

    /** What is on its way to a destination, or got stuck there. */
    public Reply deliveries(Caller caller) {
        return switch (desk.underWay(caller.person())) {
            case Outcome.Value<List<RequestSummary>>(List<RequestSummary> found) ->
                Reply.json(200, Map.of("releases", found));
            case Outcome.Refused<List<RequestSummary>>(Problem problem) ->
                throw HttpProblem.of(problem).asException();
        };
    }

    public Reply resume(Caller caller, String id, JsonBody body) {
        body.only();
        return switch (desk.resume(caller.person(), id)) {
            case Outcome.Value<RequestSummary>(RequestSummary summary) -> Reply.json(200, summary);
            case Outcome.Refused<RequestSummary>(Problem problem) ->
                throw HttpProblem.of(problem).asException();
        };
    }

    /** Puts the policy directory into force, or lists what is wrong with it; then nothing has changed. */
    public Reply reloadPolicy(Caller caller, JsonBody body) {
        body.only();
        Problem role =
                Permissions.problemWithRole(policies.current(), LocalDate.now(clock), caller.person(), Role.OPERATOR);
        if (role != null) {
            denials.denied(caller, "reload_policy", role.code().name(), "");
            throw HttpProblem.of(role).asException();
        }
        try {
            return switch (desk.reloadPolicy(caller.person())) {
                case ReloadablePolicy.Reload.InForce(String digest, boolean changed) ->
                    Reply.json(200, Map.of("policy", digest, "changed", changed));
                case ReloadablePolicy.Reload.Rejected(List<YamlProblem> problems) -> rejected(caller, problems);
            };
        } catch (IOException unreadable) {
            LOG.atWarn().setCause(unreadable).log("the policy directory cannot be read");
            throw HttpProblem.of(Problem.of(
                            ProblemCode.INTERNAL,
                            "the policy directory cannot be read; the policy in force is unchanged"))
                    .asException();
        }
    }

    private Reply rejected(Caller caller, List<YamlProblem> problems) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", "The policy directory has problems; the policy in force is unchanged.");
        body.put("status", 422);
        body.put("code", "POLICY_REJECTED");
        body.put("problems", problems.stream().map(OperatorApi::problem).toList());
        body.put("policy", policies.current().digest());
        body.put("correlation", caller.correlation());
        return Reply.json(422, "application/problem+json", Map.of(), body);
    }

    private static Map<String, Object> problem(YamlProblem problem) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", problem.file());
        map.put("line", problem.line());
        map.put("path", problem.path());
        map.put("message", problem.message());
        map.put("remedy", problem.remedy());
        return map;
    }
}
