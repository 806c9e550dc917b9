package io.weir.query.session;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.respond.ProblemWriter;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.type.SqlType;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.BackendStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an authenticated session holds: one thread, its own. */
final class OpenSession implements AutoCloseable {
    private static final Problem OTHER_AGREEMENT = Problem.of(
            ProblemCode.STALE_STATEMENT,
            "Another agreement is in force than when this session began.",
            "Connect again, and ask again.");

    private final Asker asker;
    private final SessionPorts ports;
    private final BackendStream stream;
    private final ProblemWriter problems;
    private final RunningStatement running;
    private final SessionLimits limits;
    private final Transaction transaction = new Transaction();
    private final Portals portals;
    private final RefusalLog refusals;
    private final Catalogue catalogue;
    private final CursorMemory cursorMemory;
    private SessionSettings settings;
    private SessionSettings reported;
    /** To go back to when an error ends the implicit transaction. */
    private SessionSettings beforeImplicit;

    private boolean undone;

    OpenSession(
            Asker asker,
            SessionSettings settings,
            SessionPorts ports,
            BackendStream stream,
            ProblemWriter problems,
            RunningStatement running,
            SessionLimits limits) {
        this.asker = asker;
        this.settings = settings;
        this.reported = settings;
        this.beforeImplicit = settings;
        this.ports = ports;
        this.stream = stream;
        this.problems = problems;
        this.running = running;
        this.limits = limits;
        this.portals = new Portals(limits.portals(), limits.portalsBytes());
        this.refusals = new RefusalLog(ports.audit(), asker);
        this.catalogue = new Catalogue(ports.catalog(), ports.admission(), asker, ports.audit(), refusals, stream);
        this.cursorMemory = new CursorMemory(ports.catalog().answers().room(asker.person()));
    }

    Asker asker() {
        return asker;
    }

    BackendStream stream() {
        return stream;
    }

    ProblemWriter problems() {
        return problems;
    }

    RunningStatement running() {
        return running;
    }

    SessionLimits limits() {
        return limits;
    }

    Transaction transaction() {
        return transaction;
    }

    RefusalLog refusals() {
        return refusals;
    }

    /** Asks the query road, which records its refusals; they are problem exceptions. */
    QueryDesk.Prepared prepare(String sql, List<@Nullable SqlType> parameterTypes, QueryOptions options) {
        return refusals.ruled(ports.desk().prepare(asker, sql, parameterTypes, options));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    CursorMemory cursorMemory() {
        return cursorMemory;
    }

    /** Any thread: cancels the statement that runs now. */
    void cancel() {
        running.cancel();
        catalogue.cancel();
    }

    Portals portals() {
        return portals;
    }

    SessionSettings settings() {
        return settings;
    }

    void settings(SessionSettings changed) {
        settings = changed;
    }

    /** A failed transaction hears only its end. */
    void checkAlive(SessionStatement statement) {
        if (transaction.isFailed() && !statement.endsFailure()) {
            throw Problem.of(ProblemCode.TRANSACTION_FAILED).asException();
        }
    }

    /** Before more rows of an answer that was opened earlier: whoever was removed since, or has another agreement now, gets none of them. */
    void checkAdmission() {
        Problem problem = switch (ports.admission().renew(asker)) {
            case Outcome.Refused<Asker>(Problem removed) -> removed;
            case Outcome.Value<Asker>(Asker now) -> now.agreement().equals(asker.agreement()) ? null : OTHER_AGREEMENT;
        };
        if (problem != null) {
            throw refused("(more rows of an open portal)", problem);
        }
    }

    /** Records a statement that is refused before the query road sees it, and refuses it. */
    ProblemException refused(String sql, Problem problem) {
        return refusals.refuse(sql, problem);
    }

    void complete(String tag) {
        stream.send(new BackendMessage.CommandComplete(tag));
    }

    /** What the client hears after AuthenticationOk. */
    void greet(int process, byte[] key) {
        for (Setting setting : Setting.values()) {
            if (setting.isReported()) {
                stream.send(new BackendMessage.ParameterStatus(setting.sqlName(), settings.get(setting)));
            }
        }
        stream.send(new BackendMessage.BackendKeyData(process, key));
        ready();
    }

    /** Ends a round: tells what changed, then ReadyForQuery. */
    void ready() {
        for (Setting setting : settings.reportedChanges(reported)) {
            stream.send(new BackendMessage.ParameterStatus(setting.sqlName(), settings.get(setting)));
        }
        reported = settings;
        beforeImplicit = settings;
        if (!transaction.isOpen()) {
            catalogue.rest();
        }
        stream.send(new BackendMessage.ReadyForQuery(transaction.status()));
        stream.flush();
    }

    /** An error outside a transaction block: what the statements since the last Sync or COMMIT did is undone. */
    void undoImplicit() {
        if (!transaction.isOpen()) {
            settings = beforeImplicit;
            undone = true;
        }
    }

    /** Ends the transaction block, if any: portals close unless they are held, settings go back when it is rolled back. */
    void endTransaction(boolean rollback) {
        SessionSettings committed = transaction.committed(settings);
        Optional<SessionSettings> before = transaction.end();
        if (rollback) {
            before.ifPresent(this::settings);
        } else {
            settings = committed;
        }
        portals.endTransaction(rollback || undone);
        undone = false;
        beforeImplicit = settings;
        catalogue.endTransaction();
    }

    @Override
    public void close() {
        portals.closeAll();
        catalogue.close();
        cursorMemory.close();
    }
}
