package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.problem.ProblemCode;

/** What the log keeps of sessions. Every call returns when the record is durable and throws when it cannot be. */
final class SessionAudit {
    private final AuditLog log;
    private final String session;
    private final String address;

    SessionAudit(AuditLog log, String session, String address) {
        this.log = log;
        this.session = session;
        this.address = address;
    }

    void authenticated(Asker asker, String mechanism) {
        log.append(about(EventType.AUTH_OK, asker).with("mechanism", mechanism).disclosing("address", address));
        log.append(about(EventType.SESSION_OPENED, asker)
                .with("agreement", asker.agreement())
                .with("organisation", asker.organisation())
                .with("purpose", asker.purpose())
                .disclosing("address", address));
    }

    /** The names are the client's words, not known accounts: they are disclosures. */
    void refused(String user, String database, ProblemCode reason) {
        log.append(AuditEvent.of(EventType.AUTH_FAILED)
                .with("session", session)
                .with("reason", reason.name())
                .disclosing("user", user)
                .disclosing("database", database)
                .disclosing("address", address));
    }

    void closed(Asker asker) {
        log.append(about(EventType.SESSION_CLOSED, asker));
    }

    private AuditEvent about(EventType type, Asker asker) {
        return AuditEvent.of(type)
                .with("session", session)
                .with("person", asker.person().value())
                .with("project", asker.project().value());
    }
}
