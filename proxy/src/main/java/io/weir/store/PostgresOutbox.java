package io.weir.store;

import io.weir.audit.AuditEvent;
import io.weir.release.deliver.Lease;
import io.weir.release.deliver.Outbox;
import io.weir.release.request.RequestId;
import io.weir.release.request.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Deliveries in PostgreSQL. The fence of a lease is checked inside every change: an older holder changes nothing. */
public final class PostgresOutbox implements Outbox {
    private final ControlStore store;
    private final RecordedChanges changes;

    public PostgresOutbox(ControlStore store, RecordedChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    @Override
    public Optional<Lease> lease(Instant now, Duration length) {
        return store.write(handle -> handle.createQuery("UPDATE deliveries SET fence = fence + 1, lease_until = :until,"
                        + " attempts = attempts + 1 WHERE request = (SELECT request FROM deliveries"
                        + " WHERE status = 'due' AND next_at <= :now AND (lease_until IS NULL OR lease_until <= :now)"
                        + " ORDER BY next_at, request LIMIT 1 FOR UPDATE SKIP LOCKED)"
                        + " RETURNING request, fence, attempts, first_due")
                .bind("until", Rows.at(now.plus(length)))
                .bind("now", Rows.at(now))
                .map((row, context) -> new Lease(
                        new RequestId(row.getString("request")),
                        row.getLong("fence"),
                        row.getInt("attempts"),
                        PostgresRequestStore.instant(row, "first_due")))
                .findOne());
    }

    @Override
    public boolean begin(Lease lease, Instant now, Duration length, AuditEvent event) {
        return changes.apply(event, (handle, changeId) -> {
            int held = handle.createUpdate("UPDATE deliveries SET lease_until = :until"
                            + " WHERE request = :request AND fence = :fence AND status = 'due'")
                    .bind("until", Rows.at(now.plus(length)))
                    .bind("request", lease.request().value())
                    .bind("fence", lease.fence())
                    .execute();
            if (held != 1) {
                return false;
            }
            handle.createUpdate("INSERT INTO delivery_attempts (request, fence, attempt, started_at)"
                            + " VALUES (:request, :fence, :attempt, :at)")
                    .bind("request", lease.request().value())
                    .bind("fence", lease.fence())
                    .bind("attempt", lease.attempt())
                    .bind("at", Rows.at(now))
                    .execute();
            return true;
        });
    }

    @Override
    public boolean delivered(Lease lease, Step step, List<String> locations, boolean alreadyThere, AuditEvent event) {
        return changes.apply(event, (handle, changeId) -> {
            if (!end(handle, lease, "done", step.at()) || !Rows.step(handle, step, changeId)) {
                return false;
            }
            handle.createUpdate("UPDATE delivery_attempts SET ended_at = :at, outcome = 'delivered',"
                            + " locations = :locations, already_there = :there"
                            + " WHERE request = :request AND fence = :fence")
                    .bind("at", Rows.at(step.at()))
                    .bindArray("locations", String.class, locations.toArray())
                    .bind("there", alreadyThere)
                    .bind("request", lease.request().value())
                    .bind("fence", lease.fence())
                    .execute();
            return true;
        });
    }

    @Override
    public boolean stopped(Lease lease, Step step, AuditEvent event) {
        return changes.apply(event, (handle, changeId) -> {
            if (!end(handle, lease, "stopped", step.at()) || !Rows.step(handle, step, changeId)) {
                return false;
            }
            attempt(handle, lease, "stopped", step.at(), step.reason());
            return true;
        });
    }

    @Override
    public boolean postpone(Lease lease, Instant at, Instant again, String reason, AuditEvent event) {
        return changes.apply(event, (handle, changeId) -> {
            if (!end(handle, lease, "due", again)) {
                return false;
            }
            attempt(handle, lease, "postponed", at, reason);
            return true;
        });
    }

    private static boolean end(Handle handle, Lease lease, String status, Instant next) {
        return handle.createUpdate("UPDATE deliveries SET status = :status, next_at = :next, lease_until = NULL"
                                + " WHERE request = :request AND fence = :fence AND status = 'due'")
                        .bind("status", status)
                        .bind("next", Rows.at(next))
                        .bind("request", lease.request().value())
                        .bind("fence", lease.fence())
                        .execute()
                == 1;
    }

    private static void attempt(Handle handle, Lease lease, String outcome, Instant at, @Nullable String reason) {
        handle.createUpdate("UPDATE delivery_attempts SET ended_at = :at, outcome = :outcome, reason = :reason"
                        + " WHERE request = :request AND fence = :fence")
                .bind("at", Rows.at(at))
                .bind("outcome", outcome)
                .bind("reason", reason)
                .bind("request", lease.request().value())
                .bind("fence", lease.fence())
                .execute();
    }
}
