package io.weir.query.session;

import io.weir.audit.AuditUnavailableException;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.wire.Frame;
import io.weir.query.wire.FrontendDecoder;
import io.weir.query.wire.FrontendMessage;
import io.weir.query.wire.InvalidMessageException;
import io.weir.query.wire.InvalidTextException;
import io.weir.query.wire.ProtocolViolationException;
import io.weir.query.wire.UnreadableMessageException;
import io.weir.query.wire.UnsupportedFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of an authenticated session: one message after the other until the client leaves. */
final class StatementCycle {
    private static final Logger LOG = LoggerFactory.getLogger(StatementCycle.class);

    private final OpenSession session;
    private final Inbox inbox;
    private final SimpleQuery simple;
    private final ExtendedQuery extended;
    private final PreparedStatements statements;
    private boolean skipping;

    StatementCycle(OpenSession session, Inbox inbox) {
        this.session = session;
        this.inbox = inbox;
        this.statements = new PreparedStatements(
                session.limits().statements(), session.limits().statementsBytes());
        SessionCommands commands = new SessionCommands(session, statements);
        this.simple = new SimpleQuery(session, commands);
        this.extended = new ExtendedQuery(session, commands, statements);
    }

    /** Returns why the session cannot go on, or null when the client leaves. */
    @Nullable
    ProblemCode run() {
        try {
            return converse();
        } finally {
            session.refusals().after(false);
        }
    }

    private @Nullable ProblemCode converse() {
        while (true) {
            Frame frame = next();
            if (frame == null) {
                ProblemCode idle = ownLimit().isZero() || !session.transaction().isOpen()
                        ? ProblemCode.IDLE_TOO_LONG
                        : ProblemCode.IDLE_IN_TRANSACTION;
                session.problems().fatal(Problem.of(idle));
                session.stream().flush();
                return idle;
            }
            FrontendMessage message;
            try {
                message = FrontendDecoder.decode(frame);
            } catch (UnreadableMessageException unreadable) {
                refuse(frame.tag(), "(a message that cannot be read)", problem(unreadable));
                continue;
            }
            if (message instanceof FrontendMessage.Terminate) {
                return null;
            }
            handle(message, frame);
        }
    }

    /** What the client itself set, for the state it is in; zero when nothing. */
    private Duration ownLimit() {
        return session.settings()
                .duration(
                        session.transaction().isOpen()
                                ? Setting.IDLE_IN_TRANSACTION_SESSION_TIMEOUT
                                : Setting.IDLE_SESSION_TIMEOUT);
    }

    /** The next message, null when the session was idle too long. Meanwhile cursors that nobody reads lose their source's connection. */
    private @Nullable Frame next() {
        Duration idle = shorter(ownLimit(), session.limits().idle());
        Duration cursor = session.limits().idleCursor();
        if (!session.portals().restFrom(cursor)) {
            return inbox.take(idle);
        }
        Duration waited = Duration.ZERO;
        Duration step = shorter(cursor.dividedBy(4).plusMillis(1), idle);
        while (idle.isZero() || waited.compareTo(idle) < 0) {
            Frame frame = inbox.take(step);
            if (frame != null) {
                return frame;
            }
            waited = waited.plus(step);
            session.portals().restFrom(cursor);
        }
        return null;
    }

    /** Zero is none. */
    private static Duration shorter(Duration one, Duration other) {
        if (one.isZero() || other.isZero()) {
            return one.isZero() ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    private void handle(FrontendMessage message, Frame frame) {
        switch (message) {
            case FrontendMessage.Query(String sql) ->
                round(sql, () -> {
                    checkLength(sql);
                    simple.run(sql, this::guarded);
                });
            case FrontendMessage.Sync() -> sync("", () -> {});
            case FrontendMessage.Parse parse ->
                step(parse::sql, () -> {
                    checkLength(parse.sql());
                    extended.parse(parse, frame);
                });
            case FrontendMessage.Bind bind ->
                step(() -> statements.text(bind.statement()), () -> extended.bind(bind, frame));
            case FrontendMessage.Describe describe ->
                step(() -> text(describe.target(), describe.name()), () -> extended.describe(describe, frame));
            case FrontendMessage.Execute execute ->
                step(() -> session.portals().text(execute.portal()), () -> extended.execute(execute));
            case FrontendMessage.Close close ->
                step(() -> text(close.target(), close.name()), () -> extended.close(close, frame));
            case FrontendMessage.Flush() -> session.stream().flush();
            // After a failed COPY the client may still have sent these: PostgreSQL ignores them, too.
            case FrontendMessage.CopyData() -> {}
            case FrontendMessage.CopyDone() -> {}
            case FrontendMessage.CopyFail() -> {}
            case FrontendMessage.FunctionCall() -> refuse('F', "(function call by message)", functionCall());
            case FrontendMessage.Unsupported(char tag) -> throw unexpected();
            case FrontendMessage.SslRequest request -> throw unexpected();
            case FrontendMessage.GssEncRequest request -> throw unexpected();
            case FrontendMessage.CancelRequest request -> throw unexpected();
            case FrontendMessage.Startup startup -> throw unexpected();
            case FrontendMessage.SaslInitialResponse response -> throw unexpected();
            case FrontendMessage.SaslResponse response -> throw unexpected();
            case FrontendMessage.Terminate() -> throw unexpected();
        }
    }

    private Problem functionCall() {
        return session.transaction().isFailed()
                ? Problem.of(ProblemCode.TRANSACTION_FAILED)
                : Problem.of(ProblemCode.UNSUPPORTED, "Function calls of the fast path are not supported.");
    }

    private static Problem problem(UnreadableMessageException unreadable) {
        return switch (unreadable) {
            case InvalidTextException notUtf8 -> Problem.of(ProblemCode.ENCODING);
            case InvalidMessageException invalid ->
                Problem.of(ProblemCode.PROTOCOL_VIOLATION, String.valueOf(invalid.getMessage()));
            case UnsupportedFormatException unsupported ->
                Problem.of(ProblemCode.FORMAT_UNKNOWN, String.valueOf(unsupported.getMessage()));
        };
    }

    /** Refuses a message as a whole, in the way of its kind. */
    private void refuse(char tag, String what, Problem problem) {
        Runnable refusal = () -> {
            throw problem.asException();
        };
        switch (tag) {
            case 'Q', 'F' -> round(what, refusal);
            case 'S' -> sync(what, refusal);
            default -> step(() -> what, refusal);
        }
    }

    /** Before anything reads the text. */
    private void checkLength(String sql) {
        int limit = session.limits().statementBytes();
        // A char is at most three bytes of UTF-8.
        if (sql.length() > limit / 3 && sql.getBytes(StandardCharsets.UTF_8).length > limit) {
            Problem problem = Problem.of(
                    ProblemCode.STATEMENT_TOO_LONG,
                    "It has more than " + limit + " bytes.",
                    "Send long lists as parameters, or split the statement.");
            throw session.refused("(not read: " + sql.length() + " characters)", problem);
        }
    }

    /** A message that is a round of its own. Like all others it is skipped between an error of the extended protocol and Sync. */
    private void round(String sql, Runnable work) {
        if (!skipping) {
            guarded(sql, 0, work);
            session.ready();
        }
    }

    private void sync(String what, Runnable before) {
        skipping = false;
        guarded(what, 0, before);
        extended.sync();
        session.ready();
    }

    /** One step of the extended protocol: after an error everything is skipped until Sync. */
    private void step(Supplier<String> sql, Runnable work) {
        if (!skipping && !guarded(sql, 0, work)) {
            skipping = true;
            session.stream().flush();
        }
    }

    private String text(FrontendMessage.Target target, String name) {
        return switch (target) {
            case STATEMENT -> statements.text(name);
            case PORTAL -> session.portals().text(name);
        };
    }

    private boolean guarded(String sql, int offset, Runnable work) {
        return guarded(() -> sql, offset, work);
    }

    /**
     * Runs work that a cancel may interrupt; an error is recorded and written and the transaction fails. Returns whether all went well.
     *
     * @param sql what the log keeps of it when it is refused
     */
    private boolean guarded(Supplier<String> sql, int offset, Runnable work) {
        RunningStatement running = session.running();
        running.begin();
        session.refusals().begin(sql);
        try {
            work.run();
            return true;
        } catch (ConnectionGoneException | ProtocolViolationException | AuditUnavailableException endsTheSession) {
            throw endsTheSession;
        } catch (ToldException told) {
            session.transaction().fail();
            session.undoImplicit();
        } catch (ProblemException refused) {
            if (refused.problem().code() == ProblemCode.AUDIT_UNAVAILABLE) {
                throw refused;
            }
            fail(running.isCancelled() ? Problem.of(ProblemCode.CANCELLED) : refused.problem(), offset, refused);
        } catch (StackOverflowError tooDeep) {
            fail(Problem.tooDeep(), offset, tooDeep);
        } catch (RuntimeException unexpected) {
            ProblemCode code = running.isCancelled() ? ProblemCode.CANCELLED : ProblemCode.INTERNAL;
            fail(Problem.of(code), offset, unexpected);
        } finally {
            running.end();
            session.refusals().after(session.transaction().isFailed());
        }
        return false;
    }

    private void fail(Problem problem, int offset, Throwable cause) {
        session.transaction().fail();
        session.undoImplicit();
        session.refusals().refused(problem);
        String reference = session.problems().error(problem, offset);
        boolean ours = problem.code() == ProblemCode.INTERNAL;
        (ours ? LOG.atError() : LOG.atDebug())
                .setCause(ours ? LoggedFailure.of(cause) : null)
                .addKeyValue("reference", reference)
                .addKeyValue("problem", problem.code())
                .log("statement failed");
    }

    private static ProtocolViolationException unexpected() {
        return new ProtocolViolationException("unexpected message type");
    }
}
