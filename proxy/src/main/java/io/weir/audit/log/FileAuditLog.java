package io.weir.audit.log;

import io.weir.audit.AuditCheckpoints;
import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.audit.format.SignerKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The audit log in a directory (layout and formats: {@code docs/reference}, formats of {@link io.weir.audit.format}). Thread-safe; callers
 * may be virtual threads.
 *
 * <p>Receipts complete on the writer thread: what depends on a future of {@link #submit} must not block, and hands longer work to another
 * thread.
 */
public final class FileAuditLog implements AuditLog, AuditCheckpoints, AutoCloseable {
    private static final long MAX_QUEUED_WEIGHT = 64L << 20;
    private static final long IDLE_MILLIS = 100;

    private final AuditLogSettings settings;
    private final RecordEncoder encoder;
    private final LogLock lock;
    private final SegmentWriter segments;
    private final DisclosureVault vault;
    private final CheckpointPublisher checkpoints;
    private final BlockingQueue<PendingAppend> queue;
    private final AtomicLong queuedWeight = new AtomicLong();
    private final Thread writer;
    private final Thread signer;
    private final Thread watchdog;
    private volatile List<PendingAppend> inFlight = List.of();
    private volatile State state = new Running();
    private volatile boolean stalled;

    private sealed interface State {}

    private record Running() implements State {}

    private record Closing() implements State {}

    private record Failed(Throwable cause) implements State {}

    private FileAuditLog(
            AuditLogSettings settings,
            RecordEncoder encoder,
            LogLock lock,
            SegmentWriter segments,
            DisclosureVault vault,
            LogDirectory directory,
            LogFiles files,
            SignerKey key)
            throws IOException {
        this.settings = settings;
        this.encoder = encoder;
        this.lock = lock;
        this.segments = segments;
        this.vault = vault;
        this.queue = new ArrayBlockingQueue<>(settings.queueRecords());
        Chain.Head head = segments.chain().head();
        this.checkpoints = new CheckpointPublisher(directory, files, settings, key, vault, head, this::fail);
        checkpoints.publish(head);
        this.writer = Thread.ofPlatform().name("weir-audit-writer").daemon().unstarted(this::write);
        this.signer = Thread.ofPlatform().name("weir-audit-signer").daemon().unstarted(checkpoints);
        this.watchdog = Thread.ofPlatform().name("weir-audit-watchdog").daemon().unstarted(this::watch);
    }

    /**
     * Opens or creates the log, recovers it, and writes {@code log.opened} with a checkpoint before it returns.
     *
     * @param key signs the checkpoints; its name is the log's origin
     * @param kek wraps the data keys of the disclosures
     * @throws AuditUnavailableException when the log may not be continued, another process holds it, or the disk does not work
     */
    public static FileAuditLog open(
            AuditLogSettings settings,
            SignerKey key,
            KeyEncryptionKey kek,
            InstantSource clock,
            SecureRandom random,
            LogFiles files) {
        LogDirectory directory = new LogDirectory(settings.directory());
        LogLock lock = null;
        try {
            directory.create(files);
            lock = LogLock.acquire(directory.lock());
            LogOpening.describe(directory, files, key, clock);
            Recovery.Recovered recovered = new Recovery(directory, files, key.verifier(), clock.instant()).run();
            RecordEncoder encoder = new RecordEncoder(random);
            DisclosureVault vault = new DisclosureVault(directory, files, kek, random);
            SegmentWriter segments = new SegmentWriter(directory, files, settings, encoder, vault, clock, recovered);
            LogOpening.record(segments, recovered, directory, lock);
            FileAuditLog log = new FileAuditLog(settings, encoder, lock, segments, vault, directory, files, key);
            log.writer.start();
            log.signer.start();
            log.watchdog.start();
            return log;
        } catch (IOException e) {
            release(lock);
            throw new AuditUnavailableException("The audit log cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    @Override
    public CompletableFuture<Receipt> submit(AuditEvent event) {
        return submit(List.of(event));
    }

    private CompletableFuture<Receipt> submit(List<AuditEvent> events) {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        long deadline = System.nanoTime() + settings.appendLimit().toNanos();
        PendingAppend pending;
        try {
            pending = new PendingAppend(events.stream().map(encoder::encode).toList(), receipt, deadline);
        } catch (IllegalArgumentException e) {
            receipt.completeExceptionally(new AuditUnavailableException("The event cannot be recorded.", e));
            return receipt;
        }
        if (refuses(pending)) {
            return receipt;
        }
        long weight = pending.weight();
        if (queuedWeight.addAndGet(weight) > MAX_QUEUED_WEIGHT || !queue.offer(pending)) {
            queuedWeight.addAndGet(-weight);
            receipt.completeExceptionally(new AuditUnavailableException("Too many records wait for the audit log."));
            return receipt;
        }
        // The log may have ended between the first look and the offer; then nobody takes the record from the queue.
        refuses(pending);
        return receipt;
    }

    @Override
    public Receipt append(List<AuditEvent> events) throws AuditUnavailableException {
        if (Thread.currentThread().equals(writer)) {
            throw new IllegalStateException("the writer thread cannot wait for itself");
        }
        return await(submit(events));
    }

    @Override
    public String checkpoint() throws AuditUnavailableException {
        return await(checkpoints.request());
    }

    @Override
    public boolean alive() {
        return state instanceof Running && !stalled;
    }

    /** Why the log is dead, for the operator's health page; null while it lives. */
    public @Nullable Throwable failure() {
        return state instanceof Failed(Throwable cause) ? cause : null;
    }

    /** Writes what was submitted before, {@code log.closed} and a last checkpoint. Not interruptible; idempotent. */
    @Override
    public void close() {
        move(new Closing());
        join(writer);
        join(signer);
        join(watchdog);
        release(lock);
    }

    /** Running may become anything, closing may still fail; what has failed stays so. */
    private synchronized boolean move(State next) {
        boolean moves = state instanceof Running || (state instanceof Closing && next instanceof Failed);
        if (moves) {
            state = next;
        }
        return moves;
    }

    private boolean refuses(PendingAppend pending) {
        switch (state) {
            case Running running -> {
                if (!stalled) {
                    return false;
                }
                pending.receipt()
                        .completeExceptionally(new AuditUnavailableException("The audit log does not keep up."));
            }
            case Closing closing ->
                pending.receipt().completeExceptionally(new AuditUnavailableException("The audit log is closed."));
            case Failed(Throwable cause) ->
                pending.receipt()
                        .completeExceptionally(new AuditUnavailableException("The audit log has failed.", cause));
        }
        return true;
    }

    private void write() {
        try {
            while (state instanceof Running || !queue.isEmpty()) {
                List<PendingAppend> batch = nextBatch();
                if (state instanceof Failed) {
                    break;
                }
                if (!batch.isEmpty()) {
                    write(batch);
                }
                if (segments.rotateIfDue()) {
                    checkpoints.advance(segments.chain().head());
                }
            }
            if (state instanceof Closing) {
                segments.write(AuditEvent.of(EventType.LOG_CLOSED));
                checkpoints.advance(segments.chain().head());
                checkpoints.close();
                join(signer);
                vault.close();
            }
            segments.close();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            abandon();
        }
    }

    private void write(List<PendingAppend> batch) throws IOException {
        List<RecordEncoder.EncodedRecord> records = new ArrayList<>(batch.size());
        for (PendingAppend pending : batch) {
            records.addAll(pending.records());
        }
        inFlight = batch;
        List<Receipt> receipts = segments.write(records);
        inFlight = List.of();
        stalled = false;
        checkpoints.advance(segments.chain().head());
        int last = -1;
        for (PendingAppend pending : batch) {
            last += pending.records().size();
            pending.receipt().complete(receipts.get(last));
        }
    }

    private List<PendingAppend> nextBatch() {
        List<PendingAppend> batch = new ArrayList<>();
        int bytes = 0;
        int records = 0;
        PendingAppend next = pollIdle();
        while (next != null) {
            queuedWeight.addAndGet(-next.weight());
            if (!next.receipt().isDone()) {
                batch.add(next);
                bytes += next.lineBytes();
                records += next.records().size();
            }
            PendingAppend after = queue.peek();
            boolean fits = after != null
                    && records + after.records().size() <= SegmentWriter.MAX_BATCH_RECORDS
                    && bytes + after.lineBytes() <= SegmentWriter.MAX_BATCH_BYTES;
            next = fits ? queue.poll() : null;
        }
        return batch;
    }

    private @Nullable PendingAppend pollIdle() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody may interrupt this thread; if somebody does, the flag must not reach the file channel.
            return null;
        }
    }

    /** Tells callers no when their time is over, also while a write or sync hangs. */
    private void watch() {
        long pause = Math.clamp(settings.appendLimit().toNanos() / 40, 5_000_000L, 250_000_000L);
        while (state instanceof Running || writer.isAlive()) {
            long now = System.nanoTime();
            for (PendingAppend pending : inFlight) {
                if (pending.late(now)) {
                    stalled = true;
                    tooSlow(pending);
                }
            }
            PendingAppend oldest = queue.peek();
            if (oldest != null && oldest.late(now)) {
                queue.forEach(pending -> {
                    if (pending.late(now)) {
                        tooSlow(pending);
                    }
                });
            }
            LockSupport.parkNanos(pause);
        }
    }

    private static void tooSlow(PendingAppend pending) {
        pending.receipt().completeExceptionally(new AuditUnavailableException("The audit log did not answer in time."));
    }

    private void fail(Throwable cause) {
        if (move(new Failed(cause))) {
            checkpoints.fail(cause);
        }
        AuditUnavailableException refusal = new AuditUnavailableException("The audit log has failed.", cause);
        for (PendingAppend pending : inFlight) {
            pending.receipt().completeExceptionally(refusal);
        }
        abandon();
    }

    private void abandon() {
        for (PendingAppend pending = queue.poll(); pending != null; pending = queue.poll()) {
            queuedWeight.addAndGet(-pending.weight());
            if (!refuses(pending)) {
                pending.receipt().completeExceptionally(new AuditUnavailableException("The audit log has ended."));
            }
        }
    }

    private <T> T await(CompletableFuture<T> future) {
        long deadline = System.nanoTime() + settings.appendLimit().toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    throw new AuditUnavailableException("The audit log did not answer in time.", e);
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    throw new AuditUnavailableException(String.valueOf(cause.getMessage()), cause);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(@Nullable LogLock lock) {
        if (lock != null) {
            lock.close();
        }
    }
}
