package io.weir.query.session;

import io.weir.audit.AuditUnavailableException;
import io.weir.identity.PersonId;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.respond.ProblemWriter;
import io.weir.query.wire.BackendStream;
import io.weir.query.wire.BuffersFullException;
import io.weir.query.wire.FrontendMessage;
import io.weir.query.wire.ProtocolViolationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client from its start-up message to its end, on one virtual thread. */
final class Session implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** What a session asks of the server. */
    interface Host {
        /** Turns the handshake into a session of a person who proved who it is; a problem when there is no room. */
        @Nullable
        Problem becomeSession(PersonId person);

        CancelKeys cancelKeys();

        TlsEndpoint tls();

        SessionLimits limits();

        String correlation();
    }

    private final ClientConnection connection;
    private final FrontendMessage.Startup startup;
    private final Inbox inbox;
    private final SessionPorts ports;
    private final Host host;
    private final String id;
    private final BackendStream stream;
    private final ProblemWriter problems;
    private final RunningStatement running = new RunningStatement();

    Session(ClientConnection connection, FrontendMessage.Startup startup, Inbox inbox, SessionPorts ports, Host host) {
        this.connection = connection;
        this.startup = startup;
        this.inbox = inbox;
        this.ports = ports;
        this.host = host;
        this.id = host.correlation();
        this.stream = new BackendStream(connection.writer());
        this.problems = new ProblemWriter(stream, id);
    }

    String id() {
        return id;
    }

    /** Event loop: the client is gone; whatever runs for it stops. */
    void gone() {
        inbox.close();
        running.cancel();
    }

    @Override
    public void run() {
        try {
            converse();
        } catch (ConnectionGoneException gone) {
            LOG.atDebug().addKeyValue("session", id).log("client gone");
        } catch (BuffersFullException full) {
            farewell(
                    new Problem(ProblemCode.BUFFERS_FULL, null, "Connect again and send smaller parameters.", 0), full);
        } catch (ProtocolViolationException violation) {
            farewell(Problem.of(ProblemCode.PROTOCOL_VIOLATION, String.valueOf(violation.getMessage())), violation);
        } catch (AuditUnavailableException noAudit) {
            farewell(Problem.of(ProblemCode.AUDIT_UNAVAILABLE), noAudit);
        } catch (ProblemException ends) {
            farewell(ends.problem(), ends);
        } catch (RuntimeException unexpected) {
            farewell(Problem.of(ProblemCode.INTERNAL), unexpected);
        } finally {
            connection.close();
        }
    }

    private void converse() {
        SessionAudit audit = new SessionAudit(ports.audit(), id, connection.address());
        Authentication authentication = new Authentication(ports, host, inbox, stream, problems, audit, id);
        Optional<Authentication.Admitted> admitted;
        try {
            admitted = authentication.authenticate(startup);
        } catch (ProtocolViolationException violation) {
            audit.brokeOffEarly();
            throw violation;
        }
        if (admitted.isEmpty()) {
            stream.flush();
            return;
        }
        connection.authenticated();
        int process = host.cancelKeys().newProcess();
        ProblemCode ended = null;
        try {
            OpenSession open = new OpenSession(
                    admitted.get().asker(), admitted.get().settings(), ports, stream, problems, running, host.limits());
            try {
                byte[] key = host.cancelKeys().register(process, admitted.get().longCancelKey(), open::cancel);
                open.greet(process, key);
                ended = new StatementCycle(open, inbox).run();
            } finally {
                open.close();
            }
        } catch (BuffersFullException full) {
            ended = ProblemCode.BUFFERS_FULL;
            throw full;
        } catch (ProtocolViolationException violation) {
            ended = ProblemCode.PROTOCOL_VIOLATION;
            throw violation;
        } finally {
            host.cancelKeys().forget(process);
            audit.closed(admitted.get().asker(), ended);
        }
    }

    private void farewell(Problem problem, RuntimeException cause) {
        try {
            String reference = problems.fatal(problem);
            stream.flush();
            LOG.atWarn()
                    .setCause(problem.code() == ProblemCode.PROTOCOL_VIOLATION ? null : LoggedFailure.of(cause))
                    .addKeyValue("session", id)
                    .addKeyValue("reference", reference)
                    .addKeyValue("problem", problem.code())
                    .log("session ended");
        } catch (RuntimeException nobodyListens) {
            LOG.atDebug().addKeyValue("session", id).log("client gone before the farewell");
        }
    }
}
