package io.weir.web.api;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;

/**
 * Records denied access before it is told. Throws {@link io.weir.audit.AuditUnavailableException} when it cannot. What a desk denies, the
 * desk records.
 */
public final class Denials {
    private final AuditLog audit;

    public Denials(AuditLog audit) {
        this.audit = audit;
    }

    /** A call without a known token. The path is the client's words: a disclosure. */
    public void unauthenticated(Call call, String reason) {
        audit.append(AuditEvent.of(EventType.ACCESS_DENIED)
                .with("session", call.correlation())
                .with("action", "http")
                .with("problem", "AUTHENTICATION_FAILED")
                .with("reason", reason)
                .disclosing("address", call.address())
                .disclosing("path", call.path()));
    }

    /** A known person who may not. The id asked for, when there is one, is the client's words: a disclosure. */
    void denied(Caller caller, String action, String problem, String id) {
        AuditEvent event = AuditEvent.of(EventType.ACCESS_DENIED)
                .with("actor", caller.person().value())
                .with("session", caller.correlation())
                .with("action", action)
                .with("problem", problem)
                .disclosing("address", caller.address());
        audit.append(id.isEmpty() ? event : event.disclosing("asked", id));
    }
}
