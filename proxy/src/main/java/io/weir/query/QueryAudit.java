package io.weir.query;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.execute.Executor;
import io.weir.query.govern.Permit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The query road's records. What is appended is durable when the method returns; a dead log is a problem, never silence. */
final class QueryAudit {
    private final AuditLog log;

    QueryAudit(AuditLog log) {
        this.log = log;
    }

    private static AuditEvent event(EventType type, Asker asker, String query, String policyDigest) {
        return AuditEvent.of(type)
                .with("query", query)
                .with("session", asker.session())
                .with("actor", asker.person().value())
                .with("project", asker.project().value())
                .with("organisation", asker.organisation())
                .with("purpose", asker.purpose())
                .with("agreement", asker.agreement())
                .with("policy", policyDigest);
    }

    void refused(Asker asker, String query, String policyDigest, String sql, Problem problem) {
        append(event(EventType.QUERY_REFUSED, asker, query, policyDigest)
                .with("decision", "refuse")
                .with("code", problem.code().name())
                .disclosing("sql", sql));
    }

    /** How an answer leaves the road: rows to a client, a copy to a client, frozen for a request for release. */
    enum Form {
        ROWS,
        COPY,
        RELEASE
    }

    /**
     * A question on its way.
     *
     * @param query its id
     */
    record Asked(Asker asker, String query, String policyDigest, String sql, Form form) {}

    /** A permit that is about to be recorded. */
    Decision permitted(Asked asked, Permit.Facts facts, int statements) {
        AuditEvent permit = event(EventType.QUERY_DECIDED, asked.asker(), asked.query(), asked.policyDigest())
                .with("decision", "permit")
                .with("mode", facts.mode())
                .with("profile", facts.profile().name())
                .with("dataset", facts.datasets())
                .with("source", facts.sources())
                .with("statements", statements)
                .with("form", asked.form().name().toLowerCase(Locale.ROOT))
                .disclosing("sql", asked.sql());
        if (!facts.linked().isEmpty()) {
            permit = permit.with("linked", facts.linked());
        }
        return new Decision(permit, asked.asker(), asked.query(), asked.policyDigest(), facts);
    }

    /**
     * A permit on its way to the log. It is durable before the first byte goes to a source; an answer for which no source is asked (a
     * replayed one) has it recorded together with its outcome, which costs one sync instead of two. Thread-safe.
     */
    final class Decision implements Executor.Admitted {
        private final Asker asker;
        private final String query;
        private final String policyDigest;
        private final Permit.Facts facts;
        private @Nullable AuditEvent pending;

        private Decision(AuditEvent permit, Asker asker, String query, String policyDigest, Permit.Facts facts) {
            this.pending = permit;
            this.asker = asker;
            this.query = query;
            this.policyDigest = policyDigest;
            this.facts = facts;
        }

        @Override
        public synchronized void require() {
            if (pending != null) {
                append(pending);
                pending = null;
            }
        }

        void executed(long rows, long hidden, boolean complete) {
            close(event(EventType.QUERY_EXECUTED, asker, query, policyDigest)
                    .with("mode", facts.mode())
                    .with("dataset", facts.datasets())
                    .with("source", facts.sources())
                    .with("count", rows)
                    .with("hidden", hidden)
                    .with("complete", complete));
        }

        void failed(ProblemCode code) {
            close(failure(asker, query, policyDigest, code));
        }

        private synchronized void close(AuditEvent outcome) {
            if (pending == null) {
                append(outcome);
            } else {
                append(pending, outcome);
                pending = null;
            }
        }
    }

    void failed(Asker asker, String query, String policyDigest, ProblemCode code) {
        append(failure(asker, query, policyDigest, code));
    }

    private static AuditEvent failure(Asker asker, String query, String policyDigest, ProblemCode code) {
        EventType type = code == ProblemCode.CANCELLED ? EventType.QUERY_CANCELLED : EventType.QUERY_FAILED;
        return event(type, asker, query, policyDigest).with("code", code.name());
    }

    void egressAlert(Asker asker, String query, String policyDigest) {
        append(event(EventType.EGRESS_ALERT, asker, query, policyDigest));
    }

    private void append(AuditEvent... events) {
        try {
            log.append(List.of(events));
        } catch (AuditUnavailableException dead) {
            throw unavailable(dead);
        }
    }

    static RuntimeException unavailable(@Nullable Throwable cause) {
        Problem problem = Problem.of(ProblemCode.AUDIT_UNAVAILABLE);
        return cause == null ? problem.asException() : new io.weir.problem.ProblemException(problem, cause);
    }
}
