package io.weir.store;

import io.weir.identity.PersonId;
import io.weir.release.request.Step;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements that several adapters share. */
final class Rows {
    private Rows() {}

    /** As pgjdbc binds a timestamptz. */
    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Applies a step to the revision it was decided on; false when that revision is gone. */
    static boolean step(Handle handle, Step step, String changeId) {
        int changed = handle.createUpdate("UPDATE release_requests SET revision = revision + 1, state = :to,"
                        + " changed_at = :at, reason = :reason"
                        + " WHERE id = :id AND revision = :revision AND state = :from")
                .bind("to", step.to().label())
                .bind("at", at(step.at()))
                .bind("reason", step.reason())
                .bind("id", step.seen().id().value())
                .bind("revision", step.seen().revision())
                .bind("from", step.seen().state().label())
                .execute();
        if (changed != 1) {
            return false;
        }
        transition(
                handle,
                step.seen().id().value(),
                step.seen().revision() + 1,
                step.seen().state().label(),
                step.to().label(),
                step.action().label(),
                step.by(),
                step.at(),
                step.reason(),
                changeId);
        return true;
    }

    static void transition(
            Handle handle,
            String request,
            int revision,
            @Nullable String from,
            String to,
            String action,
            @Nullable PersonId by,
            Instant at,
            @Nullable String reason,
            String changeId) {
        handle.createUpdate("INSERT INTO release_transitions"
                        + " (request, revision, from_state, to_state, action, actor, at, reason, change_id)"
                        + " VALUES (:request, :revision, :from, :to, :action, :actor, :at, :reason, :change)")
                .bind("request", request)
                .bind("revision", revision)
                .bind("from", from)
                .bind("to", to)
                .bind("action", action)
                .bind("actor", by == null ? null : by.value())
                .bind("at", at(at))
                .bind("reason", reason)
                .bind("change", changeId)
                .execute();
    }
}
