package io.weir.release.request;

import io.weir.audit.EventType;
import java.util.Locale;

/** What can happen to a request, with the audit event that records it. */
public enum RequestAction {
    VOTE(StateOwner.CHECKERS, EventType.RELEASE_VOTED, "a checker approves and more approvals are required"),
    APPROVE(StateOwner.CHECKERS, EventType.RELEASE_APPROVED, "the last required checker approves"),
    REJECT(StateOwner.CHECKERS, EventType.RELEASE_REJECTED, "a checker rejects"),
    RETURN(StateOwner.CHECKERS, EventType.RELEASE_RETURNED, "a checker asks for changes, with a public comment"),
    WITHDRAW(StateOwner.AUTHOR, EventType.RELEASE_WITHDRAWN, "the author takes it back"),
    LAPSE(StateOwner.WEIR, EventType.RELEASE_RETURNED, "at sealing, the approvals no longer stand"),
    SEAL(StateOwner.WEIR, EventType.RELEASE_SEALED, "the bundle is encrypted into the spool"),
    DELIVER(StateOwner.WEIR, EventType.DELIVERY_DONE, "the destination was read back"),
    FAIL(StateOwner.WEIR, EventType.DELIVERY_FAILED, "it cannot go on without a person"),
    RESUME(StateOwner.OPERATORS, EventType.RELEASE_RESUMED, "an operator has removed the cause");

    private final StateOwner actor;
    private final EventType event;
    private final String meaning;

    RequestAction(StateOwner actor, EventType event, String meaning) {
        this.actor = actor;
        this.event = event;
        this.meaning = meaning;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Who does it. */
    public StateOwner actor() {
        return actor;
    }

    /** The audit event of the change. */
    public EventType event() {
        return event;
    }

    /** Half a sentence for pages. */
    public String meaning() {
        return meaning;
    }
}
