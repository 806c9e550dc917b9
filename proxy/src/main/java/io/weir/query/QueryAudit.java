package io.weir.query;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.Permit;
import org.jspecify.annotations.Nullable;

/** The query road's records. Every append is durable when the method returns; a dead log is a problem, never silence. */
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

    void permitted(Asker asker, String query, String policyDigest, String sql, Permit.Facts facts, int statements) {
        append(event(EventType.QUERY_DECIDED, asker, query, policyDigest)
                .with("decision", "permit")
                .with("mode", facts.mode())
                .with("profile", facts.profile().name())
                .with("dataset", facts.datasets())
                .with("statements", statements)
                .disclosing("sql", sql));
    }

    void executed(
            Asker asker,
            String query,
            String policyDigest,
            Permit.Facts facts,
            long rows,
            long hidden,
            boolean complete) {
        append(event(EventType.QUERY_EXECUTED, asker, query, policyDigest)
                .with("mode", facts.mode())
                .with("dataset", facts.datasets())
                .with("count", rows)
                .with("hidden", hidden)
                .with("complete", complete));
    }

    void failed(Asker asker, String query, String policyDigest, ProblemCode code) {
        append(event(
                        code == ProblemCode.CANCELLED ? EventType.QUERY_CANCELLED : EventType.QUERY_FAILED,
                        asker,
                        query,
                        policyDigest)
                .with("code", code.name()));
    }

    void egressAlert(Asker asker, String query, String policyDigest) {
        append(event(EventType.EGRESS_ALERT, asker, query, policyDigest));
    }

    private void append(AuditEvent event) {
        try {
            log.append(event);
        } catch (AuditUnavailableException dead) {
            throw unavailable(dead);
        }
    }

    static RuntimeException unavailable(@Nullable Throwable cause) {
        Problem problem = Problem.of(ProblemCode.AUDIT_UNAVAILABLE);
        return cause == null ? problem.asException() : new io.weir.problem.ProblemException(problem, cause);
    }
}
