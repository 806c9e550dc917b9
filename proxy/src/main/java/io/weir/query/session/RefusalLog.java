package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.function.Supplier;

/**
 * Sees to it that every refusal a client is told is in the audit log once: recorded here before it is told, unless a stage behind the session
 * has recorded it. Texts of statements are recorded, values of parameters never. Every append throws when it cannot be
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
    private Supplier<String> statement = () -> "";
    private boolean recorded;
    private boolean deaf;
    private long unheard;

    RefusalLog(AuditLog log, Asker asker) {
        this.log = log;
        this.asker = asker;
    }

    /**
     * A statement begins, or a message that is none.
     *
     * @param sql what the log keeps of it when it is refused
     */
    void begin(Supplier<String> sql) {
        statement = sql;
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

    /** Records a statement that is refused before the query road sees it, whatever it is refused for, and refuses it. */
    ProblemException refuse(String sql, Problem problem) {
        append(EventType.QUERY_REFUSED, problem.code().name(), sql);
        recordedElsewhere();
        return problem.asException();
    }

    /** The statement is going to be refused. */
    void refused(Problem problem) {
        String sql = statement.get();
        if (recorded) {
            recorded = false;
        } else if (problem.code() != ProblemCode.TRANSACTION_FAILED) {
            append(type(problem.code()), problem.code().name(), sql);
        } else if (deaf) {
            unheard++;
        } else {
            append(type(problem.code()), problem.code().name(), sql);
            deaf = true;
        }
    }

    /** The catalogue refused the statement, and the client is going to have its words. */
    void relayed() {
        append(EventType.QUERY_REFUSED, CATALOGUE, statement.get());
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

    private void append(EventType type, String code, String sql) {
        AuditEvent event = event(type).with("code", code).disclosing("sql", sql);
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
}
