package io.weir.store;

import io.weir.audit.AuditEvent;
import io.weir.release.bundle.SealRecord;
import io.weir.release.bundle.SealStore;
import io.weir.release.request.RequestId;
import io.weir.release.request.Step;
import java.util.Optional;

/** Seal records in PostgreSQL; sealing makes the delivery due in the same transaction. */
public final class PostgresSealStore implements SealStore {
    private final ControlStore store;
    private final RecordedChanges changes;

    public PostgresSealStore(ControlStore store, RecordedChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    @Override
    public boolean seal(Step step, SealRecord record, AuditEvent event) {
        return changes.apply(event, (handle, changeId) -> {
            if (!Rows.step(handle, step, changeId)) {
                return false;
            }
            handle.createUpdate("INSERT INTO sealed_bundles (request, cipher_sha256, cipher_size, plain_sha256,"
                            + " plain_size, recipient, destination, sealed_at, change_id)"
                            + " VALUES (:request, :cipher, :cipher_size, :plain, :plain_size, :recipient,"
                            + " :destination, :at, :change) ON CONFLICT (request, cipher_sha256) DO NOTHING")
                    .bind("request", record.request().value())
                    .bind("cipher", record.cipherSha256())
                    .bind("cipher_size", record.cipherSize())
                    .bind("plain", record.plainSha256())
                    .bind("plain_size", record.plainSize())
                    .bind("recipient", record.recipient())
                    .bind("destination", record.destination())
                    .bind("at", Rows.at(record.sealedAt()))
                    .bind("change", changeId)
                    .execute();
            // A resumed delivery keeps its fence: it must never fall back behind an old lease.
            handle.createUpdate("INSERT INTO deliveries (request, status, fence, attempts, first_due, next_at)"
                            + " VALUES (:request, 'due', 0, 0, :at, :at) ON CONFLICT (request) DO UPDATE"
                            + " SET status = 'due', attempts = 0, first_due = :at, next_at = :at, lease_until = NULL")
                    .bind("request", record.request().value())
                    .bind("at", Rows.at(step.at()))
                    .execute();
            return true;
        });
    }

    @Override
    public Optional<SealRecord> findSeal(RequestId request) {
        return store.read(handle -> handle.createQuery("SELECT cipher_sha256, cipher_size, plain_sha256, plain_size,"
                        + " recipient, destination, sealed_at FROM sealed_bundles WHERE request = :request"
                        + " ORDER BY sealed_at DESC, cipher_sha256 LIMIT 1")
                .bind("request", request.value())
                .map((row, context) -> new SealRecord(
                        request,
                        row.getString("plain_sha256"),
                        row.getLong("plain_size"),
                        row.getString("cipher_sha256"),
                        row.getLong("cipher_size"),
                        row.getString("recipient"),
                        row.getString("destination"),
                        PostgresRequestStore.instant(row, "sealed_at")))
                .findOne());
    }
}
