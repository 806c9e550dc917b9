package io.weir.release.deliver;

import io.weir.audit.AuditEvent;
import io.weir.release.request.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deliveries that are due; the same promises as {@link io.weir.release.request.RequestStore}. */
public interface Outbox {
    /** Leases the delivery that is due longest and not leased; empty when there is none. */
    Optional<Lease> lease(Instant now, Duration length);

    /**
     * Records that an attempt begins, and extends the lease.
     *
     * @return false when the lease was lost
     */
    boolean begin(Lease lease, Instant now, Duration length, AuditEvent event);

    /**
     * Delivered: the step, the locations and the end of the delivery in one change.
     *
     * @return false when the lease was lost or the request has changed
     */
    boolean delivered(Lease lease, Step step, List<String> locations, boolean alreadyThere, AuditEvent event);

    /** Stopped for good: the step with its public reason, in one change. False as above. */
    boolean stopped(Lease lease, Step step, AuditEvent event);

    /** Failed in passing: due again at that time. No state changes, so the record is the event alone. False when the lease was lost. */
    boolean postpone(Lease lease, Instant at, Instant again, String reason, AuditEvent event);
}
