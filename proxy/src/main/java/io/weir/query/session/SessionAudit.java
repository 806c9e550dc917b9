package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log keeps of sessions. Every call returns when the record is durable and throws when it cannot be. */
final class SessionAudit {
    private static final Logger LOG = LoggerFactory.getLogger(SessionAudit.class);

    private final AuditLog log;
    private final String session;
    private final String address;

    SessionAudit(AuditLog log, String session, String address) {
        this.log = log;
        this.session = session;
        this.address = address;
    }

    /** Both records of a client that comes in, with one sync. */
    void authenticated(Asker asker, String mechanism) {
        log.append(List.of(
                about(EventType.AUTH_OK, asker).with("mechanism", mechanism).disclosing("address", address),
                about(EventType.SESSION_OPENED, asker)
                        .with("agreement", asker.agreement())
                        .with("organisation", asker.organisation())
                        .with("purpose", asker.purpose())
                        .disclosing("address", address)));
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

    /** A client that was sent away before it told who it is. Does not wait: nothing follows that would depend on it. */
    void refusedAtTheDoor(ProblemCode reason) {
        log.submit(nameless(reason)).exceptionally(noAudit -> {
            LOG.atWarn().addKeyValue("session", session).log("a refusal could not be recorded");
            return null;
        });
    }

    /** A client that broke the protocol before it proved who it is. */
    void brokeOffEarly() {
        log.append(nameless(ProblemCode.PROTOCOL_VIOLATION));
    }

    private AuditEvent nameless(ProblemCode reason) {
        return AuditEvent.of(EventType.AUTH_FAILED)
                .with("session", session)
                .with("reason", reason.name())
                .disclosing("address", address);
    }

    /** @param reason why it could not go on, or null when the client left */
    void closed(Asker asker, @Nullable ProblemCode reason) {
        AuditEvent event = about(EventType.SESSION_CLOSED, asker);
        log.append(reason == null ? event : event.with("reason", reason.name()));
    }

    private AuditEvent about(EventType type, Asker asker) {
        return AuditEvent.of(type)
                .with("session", session)
                .with("person", asker.person().value())
                .with("project", asker.project().value());
    }
}
