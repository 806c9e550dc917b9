package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sees to it that every refusal a client is told is in the audit log once: recorded here before it is told, unless a stage behind the session, or
 * the session's catalogue, has recorded it. Texts of statements are recorded, values of parameters never. Every append throws when it cannot be
 * made, which ends the session. Session's thread.
 *
 * <p>A failed transaction hears nothing but its end, and a script may send it thousands of statements: the first that is refused for that is recorded
 * with its text, the others as a number when the failure is over.
 */
final class RefusalLog {
    /** Stands for the code where the catalogue's own words were passed on. */
    static final String CATALOGUE = "CATALOGUE";

    private final AuditLog log;
    private final Asker asker;
    private boolean recorded;
    private boolean deaf;
    private long unheard;

    RefusalLog(AuditLog log, Asker asker) {
        this.log = log;
        this.asker = asker;
    }

    /** A statement begins, or a message that is none. */
    void begin() {
        recorded = false;
    }

    /** The refusal under way is in the log already. */
    void recordedElsewhere() {
        recorded = true;
    }

    /** The value, or the problem as an exception: the stage that returns it has recorded it. */
    <T> T ruled(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T>) {
            recordedElsewhere();
        }
        return outcome.orThrow();
    }

    /** The log for a part of the session that records its refusals itself. */
    AuditLog watched() {
        return new Watched();
    }

    /** A statement is going to be refused. */
    void refused(String sql, Problem problem) {
        if (recorded) {
            recorded = false;
        } else if (problem.code() != ProblemCode.TRANSACTION_FAILED) {
            append(problem.code(), sql);
        } else if (deaf) {
            unheard++;
        } else {
            append(problem.code(), sql);
            deaf = true;
        }
    }

    /** The catalogue refused a statement, and the client has its words. */
    void relayed(String sql) {
        log.append(event(EventType.QUERY_REFUSED)
                .with("decision", "refuse")
                .with("code", CATALOGUE)
                .disclosing("sql", sql));
    }

    /** After every statement. */
    void after(boolean transactionFailed) {
        if (transactionFailed) {
            return;
        }
        long count = unheard;
        deaf = false;
        unheard = 0;
        if (count > 0) {
            log.append(event(EventType.QUERY_REFUSED)
                    .with("decision", "refuse")
                    .with("code", ProblemCode.TRANSACTION_FAILED.name())
                    .with("count", count));
        }
    }

    private void append(ProblemCode code, String sql) {
        EventType type = type(code);
        AuditEvent event = event(type).with("code", code.name()).disclosing("sql", sql);
        log.append(type == EventType.QUERY_REFUSED ? event.with("decision", "refuse") : event);
    }

    private static EventType type(ProblemCode code) {
        if (code == ProblemCode.CANCELLED) {
            return EventType.QUERY_CANCELLED;
        }
        return switch (code.kind()) {
            case ANALYST, POLICY, CAPACITY -> EventType.QUERY_REFUSED;
            case SOURCE, INTERNAL -> EventType.QUERY_FAILED;
        };
    }

    private AuditEvent event(EventType type) {
        return AuditEvent.of(type)
                .with("session", asker.session())
                .with("actor", asker.person().value())
                .with("project", asker.project().value())
                .with("agreement", asker.agreement());
    }

    private final class Watched implements AuditLog {
        @Override
        public CompletableFuture<Receipt> submit(AuditEvent event) {
            look(event);
            return log.submit(event);
        }

        @Override
        public Receipt append(List<AuditEvent> events) {
            events.forEach(this::look);
            return log.append(events);
        }

        @Override
        public boolean alive() {
            return log.alive();
        }

        private void look(AuditEvent event) {
            if (event.type() == EventType.QUERY_REFUSED) {
                recordedElsewhere();
            }
        }
    }
}
