package io.weir.release.request;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditField;
import io.weir.audit.EventType;
import io.weir.identity.PersonId;
import org.jspecify.annotations.Nullable;

/** The audit fields that every record about a request carries. */
public final class RequestEvents {
    private RequestEvents() {}

    /** @param by who acts; null is Weir itself */
    public static AuditEvent about(EventType type, ReleaseRequest request, @Nullable PersonId by) {
        return AuditEvent.of(type)
                .with("actor", by == null ? "weir" : by.value())
                .with(AuditField.REQUEST, request.id().value())
                .with(AuditField.AUTHOR, request.author().value())
                .with(AuditField.PROJECT, request.project().value())
                .with(AuditField.AGREEMENT, request.agreement())
                .with(AuditField.DESTINATION, request.destination())
                .with(AuditField.DIGEST, request.digest())
                .with(AuditField.CASE, request.caseDigest())
                .with("rows", request.rows())
                .with("columns", request.columns());
    }

    /** The record of a step; its comments are disclosures, the ballot and states are public. */
    public static AuditEvent of(Step step) {
        AuditEvent event = about(step.action().event(), step.seen(), step.by())
                .with("action", step.action().label())
                .with("from", step.seen().state().label())
                .with("to", step.to().label());
        Vote vote = step.vote();
        if (vote != null) {
            event = event.with(AuditField.CHECKER, vote.checker().value())
                    .with(AuditField.VOTE, vote.ballot().label());
        }
        String reason = step.reason();
        if (reason != null) {
            event = event.disclosing("reason", reason);
        }
        for (int i = 0; i < step.comments().size(); i++) {
            Comment comment = step.comments().get(i);
            event = event.disclosing(
                    "comment.%d.%s".formatted(i + 1, comment.audience().label()), comment.text());
        }
        return event;
    }
}
