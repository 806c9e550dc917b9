package io.weir.store;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditField;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.release.request.CanonicalJson;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that are tied to their audit record (decision 0005). A change is three steps:
 *
 * <ol>
 *   <li>commit an intent, {@code open};
 *   <li>in one transaction: lock the intent, change the rows, append the record to the log and wait until it is durable, mark the intent
 *       {@code done} with the record's place;
 *   <li>commit.
 * </ol>
 *
 * A state is visible only after its record is durable. A crash between record and commit leaves the intent open: {@link #settle} then
 * appends {@code change.abandoned} and marks it so. The row lock lets no intent be both settled and done.
 *
 * <p>An interrupt of the caller neither stops a change nor hides what came of it: the caller learns it, and is still interrupted afterwards.
 */
public final class RecordedChanges {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedChanges.class);

    private static final int ATTEMPTS = 3;

    private final ControlStore store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicBoolean unsettled = new AtomicBoolean();

    public RecordedChanges(ControlStore store, AuditLog audit, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /** Changes rows; the change id goes into every row that wants to name its record. */
    @FunctionalInterface
    public interface Change {
        /** Returns false when the change no longer applies: everything is rolled back and nothing is recorded. */
        boolean apply(Handle handle, String changeId);
    }

    /**
     * Makes a change and its record. The record carries the field {@code change}.
     *
     * @return whether the change applied
     * @throws io.weir.problem.ProblemException when the store failed; whether the change happened is then known to the store alone
     * @throws io.weir.audit.AuditUnavailableException when the log failed: nothing was changed
     */
    public boolean apply(AuditEvent event, Change change) {
        if (unsettled.compareAndSet(true, false)) {
            settleAgain();
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            switch (attempt(event, change)) {
                case APPLIED -> {
                    return true;
                }
                case STALE -> {
                    return false;
                }
                case SETTLED_MEANWHILE -> LOG.info("an intent was settled by another process before it began");
            }
        }
        throw new ProblemException(Problem.of(ProblemCode.INTERNAL));
    }

    private enum Result {
        APPLIED,
        STALE,
        /** Another process that starts took the intent for a dead one's: nothing was changed or recorded. */
        SETTLED_MEANWHILE
    }

    private Result attempt(AuditEvent event, Change change) {
        String changeId = open(event);
        Progress progress = new Progress();
        try {
            return store.change(handle -> {
                if (lockOpen(handle, changeId).isEmpty()) {
                    return Result.SETTLED_MEANWHILE;
                }
                if (!change.apply(handle, changeId)) {
                    throw new StaleChange();
                }
                progress.recording = true;
                done(handle, changeId, audit.append(event.with(AuditField.CHANGE, changeId)));
                return Result.APPLIED;
            });
        } catch (StaleChange e) {
            forget(changeId);
            return Result.STALE;
        } catch (RuntimeException e) {
            afterFailure(changeId, progress);
            throw e;
        }
    }

    private String open(AuditEvent event) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String changeId = HexFormat.of().formatHex(bytes);
        store.change(
                handle -> handle.createUpdate("INSERT INTO audit_intents (change_id, event, fields, opened_at, outcome)"
                                + " VALUES (:id, :event, :fields, :at, 'open')")
                        .bind("id", changeId)
                        .bind("event", event.type().label())
                        .bind("fields", CanonicalJson.write(event.fields()))
                        .bind("at", Rows.at(clock.instant()))
                        .execute());
        return changeId;
    }

    /** Rolls the transaction back; never leaves this class. */
    private static final class StaleChange extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Progress {
        /** From here on the record may be in the log. */
        private volatile boolean recording;
    }

    private static Optional<String> lockOpen(Handle handle, String changeId) {
        return handle.createQuery(
                        "SELECT change_id FROM audit_intents WHERE change_id = :id AND outcome = 'open' FOR UPDATE")
                .bind("id", changeId)
                .mapTo(String.class)
                .findOne();
    }

    private static void done(Handle handle, String changeId, AuditLog.Receipt receipt) {
        handle.createUpdate("UPDATE audit_intents SET outcome = 'done', sequence = :sequence, leaf_hash = :leaf"
                        + " WHERE change_id = :id")
                .bind("sequence", receipt.sequence())
                .bind("leaf", receipt.leafHash())
                .bind("id", changeId)
                .execute();
    }

    private void forget(String changeId) {
        store.change(
                handle -> handle.createUpdate("DELETE FROM audit_intents WHERE change_id = :id AND outcome = 'open'")
                        .bind("id", changeId)
                        .execute());
    }

    /** Best effort: what cannot be settled now is settled before the next change, or at the next start. */
    private void afterFailure(String changeId, Progress progress) {
        try {
            if (progress.recording) {
                settleOne(changeId);
            } else {
                forget(changeId);
            }
        } catch (RuntimeException e) {
            unsettled.set(true);
            LOG.warn("change {} stays open until it is settled: {}", changeId, LoggedFailure.names(e));
        }
    }

    /** The store went away under a change and may be back now. */
    private void settleAgain() {
        try {
            settle();
        } catch (RuntimeException e) {
            unsettled.set(true);
            throw e;
        }
    }

    /**
     * Settles what crashes left open; safe beside running changes. Called at start, before anything is answered.
     *
     * @return how many intents were abandoned
     */
    public int settle() {
        List<String> open = store.read(handle -> handle.createQuery(
                        "SELECT change_id FROM audit_intents WHERE outcome = 'open' ORDER BY opened_at, change_id")
                .mapTo(String.class)
                .list());
        int abandoned = 0;
        for (String changeId : open) {
            if (settleOne(changeId)) {
                abandoned++;
            }
        }
        return abandoned;
    }

    private boolean settleOne(String changeId) {
        return store.change(handle -> {
            Optional<String> event = handle.createQuery("SELECT event FROM audit_intents"
                            + " WHERE change_id = :id AND outcome = 'open' FOR UPDATE SKIP LOCKED")
                    .bind("id", changeId)
                    .mapTo(String.class)
                    .findOne();
            if (event.isEmpty()) {
                return false;
            }
            // The record may be in the log or not; "did not happen" is true of both, and of a second saying of it.
            audit.append(AuditEvent.of(EventType.CHANGE_ABANDONED)
                    .with("actor", "weir")
                    .with(AuditField.CHANGE, changeId)
                    .with("event", event.get()));
            handle.createUpdate("UPDATE audit_intents SET outcome = 'abandoned' WHERE change_id = :id")
                    .bind("id", changeId)
                    .execute();
            return true;
        });
    }
}
