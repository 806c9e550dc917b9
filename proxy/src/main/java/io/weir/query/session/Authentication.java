package io.weir.query.session;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.respond.ProblemWriter;
import io.weir.query.session.authentication.ScramExchange;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.BackendStream;
import io.weir.query.wire.Frame;
import io.weir.query.wire.FrontendDecoder;
import io.weir.query.wire.FrontendMessage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the start-up message to AuthenticationOk. The outcome is in the audit log before the client learns it. */
final class Authentication {
    /**
     * A client that proved who it is and may work in its project.
     *
     * @param longCancelKey protocol 3.2 was agreed
     */
    record Admitted(Asker asker, SessionSettings settings, boolean longCancelKey) {}

    /** The same words whether the user exists or not. */
    private static final Problem NOT_PROVED = new Problem(
            ProblemCode.AUTHENTICATION_FAILED,
            null,
            "Check user name and password; an operator of this installation can set a new one.",
            0);

    private final SessionPorts ports;
    private final Session.Host host;
    private final Inbox inbox;
    private final BackendStream stream;
    private final ProblemWriter problems;
    private final SessionAudit audit;
    private final String session;

    Authentication(
            SessionPorts ports,
            Session.Host host,
            Inbox inbox,
            BackendStream stream,
            ProblemWriter problems,
            SessionAudit audit,
            String session) {
        this.ports = ports;
        this.host = host;
        this.inbox = inbox;
        this.stream = stream;
        this.problems = problems;
        this.audit = audit;
        this.session = session;
    }

    /** Empty when the client was refused and told so. */
    Optional<Admitted> authenticate(FrontendMessage.Startup startup) {
        StartupParameters parameters;
        try {
            parameters = StartupParameters.read(startup);
        } catch (ProblemException refused) {
            audit.refusedAtTheDoor(refused.problem().code());
            problems.fatal(refused.problem());
            return Optional.empty();
        }
        if (parameters.renegotiate()) {
            stream.send(
                    new BackendMessage.NegotiateProtocolVersion(3, parameters.minor(), parameters.unknownOptions()));
        }
        return prove(parameters);
    }

    private Optional<Admitted> prove(StartupParameters parameters) {
        stream.send(new BackendMessage.AuthenticationSasl(ScramExchange.mechanisms()));
        stream.flush();
        FrontendMessage.SaslInitialResponse initial = FrontendDecoder.decodeSaslInitial(next());
        Optional<PersonId> person = person(parameters.user());
        Optional<ScramSecret> secret = person.flatMap(ports.secrets()::find);
        ScramSecret mock = ports.mockSecrets().forUnknown(parameters.user());
        ScramExchange exchange =
                new ScramExchange(secret.orElse(mock), host.tls().binding(), ports.random());
        byte @Nullable [] data = initial.data();
        String serverFirst = exchange.begin(initial.mechanism(), data == null ? new byte[0] : data);
        stream.send(new BackendMessage.AuthenticationSaslContinue(serverFirst));
        stream.flush();
        return switch (exchange.finish(FrontendDecoder.decodeSasl(next()).data())) {
            case ScramExchange.Result.NotProved() -> refuse(parameters, NOT_PROVED);
            case ScramExchange.Result.Proved(String serverFinal) ->
                person.isPresent() && secret.isPresent()
                        ? admit(parameters, person.get(), serverFinal, initial.mechanism())
                        : refuse(parameters, NOT_PROVED);
        };
    }

    private Optional<Admitted> admit(
            StartupParameters parameters, PersonId person, String serverFinal, String mechanism) {
        return switch (ports.admission().admit(person, parameters.database(), session)) {
            case Outcome.Refused<Asker>(Problem problem) -> refuse(parameters, problem);
            case Outcome.Value<Asker>(Asker asker) -> {
                Problem full = host.becomeSession(person);
                if (full != null) {
                    yield refuse(parameters, full);
                }
                audit.authenticated(asker, mechanism);
                stream.send(new BackendMessage.AuthenticationSaslFinal(serverFinal));
                stream.send(new BackendMessage.AuthenticationOk());
                SessionSettings settings = SessionSettings.opened(
                        parameters.settings(), person.value(), ports.catalog().searchPath(asker));
                yield Optional.of(new Admitted(asker, settings, parameters.minor() >= 2));
            }
        };
    }

    private Optional<Admitted> refuse(StartupParameters parameters, Problem problem) {
        audit.refused(parameters.user(), parameters.database(), problem.code());
        problems.fatal(problem);
        return Optional.empty();
    }

    private static Optional<PersonId> person(String user) {
        try {
            return Optional.of(new PersonId(user));
        } catch (IllegalArgumentException noAccountIsCalledThat) {
            return Optional.empty();
        }
    }

    /** The server closes the connection when authentication takes too long, so waiting needs no limit of its own. */
    private Frame next() {
        Frame frame = inbox.take(Duration.ZERO);
        if (frame == null) {
            throw new ConnectionGoneException();
        }
        return frame;
    }
}
