package io.weir.audit;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An append-only, hash-chained log. Thread-safe.
 *
 * <p>Implementations MUST NOT complete an append before the record is on stable storage, and MUST refuse every later append after the
 * first write or sync error. Callers MUST NOT act on a decision before its record is durable.
 */
public interface AuditLog {
    /** Where a record stands. */
    record Receipt(long sequence, String leafHash) {}

    /**
     * Queues the record; completes when it is durable.
     *
     * @return a future that fails with {@link AuditUnavailableException} when the log is dead, full or slow
     */
    CompletableFuture<Receipt> submit(AuditEvent event);

    /** Appends and waits. Not interruptible: an interrupt is kept for the caller. */
    default Receipt append(AuditEvent event) throws AuditUnavailableException {
        return append(List.of(event));
    }

    /**
     * Appends several records that follow each other and waits for the last: one wait for one sync.
     *
     * @param events at least one
     * @return the last one's receipt; every record is durable
     */
    Receipt append(List<AuditEvent> events) throws AuditUnavailableException;

    /** Whether the log can still write; for health pages. Never a substitute for appending. */
    boolean alive();
}
