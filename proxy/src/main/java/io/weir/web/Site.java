package io.weir.web;

import io.weir.audit.AuditUnavailableException;
import io.weir.identity.PersonId;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.web.api.Call;
import io.weir.web.api.Caller;
import io.weir.web.api.Denials;
import io.weir.web.api.Endpoint;
import io.weir.web.api.HttpProblem;
import io.weir.web.api.HttpProblemException;
import io.weir.web.api.JsonBody;
import io.weir.web.api.OperatorApi;
import io.weir.web.api.ReleaseApi;
import io.weir.web.api.Reply;
import io.weir.web.security.BearerAuthentication;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a gathered request to its reply. Blocks; never throws. */
final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);

    private final WebPorts ports;
    private final BearerAuthentication authentication;
    private final Denials denials;
    private final ReleaseApi releases;
    private final OperatorApi operators;
    private final byte[] openApi;

    Site(WebPorts ports) {
        this.ports = ports;
        this.authentication = new BearerAuthentication(ports.tokens());
        this.denials = new Denials(ports.audit());
        this.releases = new ReleaseApi(
                ports.policies(), ports.admission(), ports.requests(), ports.checkers(), denials, ports.clock());
        this.operators = new OperatorApi(ports.policies(), ports.operators(), denials, ports.clock());
        this.openApi = resource("/web/openapi.yaml");
    }

    private static byte[] resource(String name) {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }

    Reply answer(Call call) {
        try {
            return routed(call);
        } catch (HttpProblemException e) {
            return e.problem().reply(call.correlation());
        } catch (ProblemException e) {
            return HttpProblem.of(e.problem()).reply(call.correlation());
        } catch (AuditUnavailableException e) {
            return HttpProblem.of(Problem.of(ProblemCode.AUDIT_UNAVAILABLE)).reply(call.correlation());
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("correlation", call.correlation())
                    .setCause(LoggedFailure.of(e))
                    .log("an HTTP request failed");
            return HttpProblem.of(Problem.of(ProblemCode.INTERNAL)).reply(call.correlation());
        }
    }

    private Reply routed(Call call) {
        Endpoint.Match match = Endpoint.match(call.method(), call.path());
        return switch (match.endpoint()) {
            case HOME -> Reply.html(HomePage.TEXT);
            case OPENAPI -> new Reply(200, "application/yaml", Map.of(), openApi);
            case HEALTH -> health();
            case LIST -> releases.list(caller(call));
            case REQUEST -> releases.request(caller(call), JsonBody.of(call));
            case SHOW -> releases.show(caller(call), match.id());
            case VOTE -> releases.vote(caller(call), match.id(), JsonBody.of(call));
            case WITHDRAW -> releases.withdraw(caller(call), match.id(), JsonBody.emptyOf(call));
            case RESUME -> operators.resume(caller(call), match.id(), JsonBody.emptyOf(call));
            case DELIVERIES -> operators.deliveries(caller(call));
            case RELOAD -> operators.reloadPolicy(caller(call), JsonBody.emptyOf(call));
        };
    }

    private Reply health() {
        boolean audit = ports.audit().alive();
        boolean store = ports.storeAnswers().getAsBoolean();
        return Reply.json(
                audit && store ? 200 : 503,
                Map.of(
                        "status", audit && store ? "ok" : "unavailable",
                        "audit", audit ? "ok" : "unavailable",
                        "store", store ? "ok" : "unavailable"));
    }

    private Caller caller(Call call) {
        return switch (authentication.of(call.authorization())) {
            case BearerAuthentication.Result.Known(PersonId person) ->
                new Caller(person, call.correlation(), call.address());
            case BearerAuthentication.Result.Missing() -> {
                denials.unauthenticated(call, "no bearer token");
                throw HttpProblem.unauthorised("Bearer realm=\"weir\"", "a bearer token is needed")
                        .asException();
            }
            case BearerAuthentication.Result.Unknown() -> {
                denials.unauthenticated(call, "unknown token");
                throw HttpProblem.unauthorised(
                                "Bearer realm=\"weir\", error=\"invalid_token\"",
                                "the bearer token is unknown, expired or revoked")
                        .asException();
            }
        };
    }
}
