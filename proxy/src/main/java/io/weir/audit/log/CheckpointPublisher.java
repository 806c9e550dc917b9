package io.weir.audit.log;

import io.weir.audit.AuditUnavailableException;
import io.weir.audit.format.Checkpoint;
import io.weir.audit.format.SignerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs checkpoints on a thread of its own: a signature takes longer than a sync, so the writer does not wait for it. When it lags behind,
 * it takes the newest head and leaves out the ones between.
 */
final class CheckpointPublisher implements Runnable {
    /** Of the notes that nobody asked for, one in this time is kept for good; the newest always is. */
    private static final long KEEP_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LogDirectory directory;
    private final LogFiles files;
    private final AuditLogSettings settings;
    private final SignerKey key;
    private final DisclosureVault vault;
    private final Consumer<Throwable> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiter> waiters = new ArrayList<>();
    private Chain.Head head;
    private long publishedSize = -1;
    private String published = "";
    private long lastKept = System.nanoTime() - KEEP_EVERY_NANOS;
    private boolean closing;
    private @Nullable Throwable failure;

    private record Waiter(long size, CompletableFuture<String> note) {}

    CheckpointPublisher(
            LogDirectory directory,
            LogFiles files,
            AuditLogSettings settings,
            SignerKey key,
            DisclosureVault vault,
            Chain.Head head,
            Consumer<Throwable> onFailure) {
        this.directory = directory;
        this.files = files;
        this.settings = settings;
        this.key = key;
        this.vault = vault;
        this.head = head;
        this.onFailure = onFailure;
    }

    /** Tells the newest durable head; called by the writer. */
    void advance(Chain.Head newHead) {
        lock.lock();
        try {
            head = newHead;
            if (newHead.size() - publishedSize >= settings.checkpointRecords() || !waiters.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The note of a checkpoint that covers every record durable now. */
    CompletableFuture<String> request() {
        CompletableFuture<String> note = new CompletableFuture<>();
        lock.lock();
        try {
            if (failure != null) {
                note.completeExceptionally(new AuditUnavailableException("The audit log has failed.", failure));
            } else if (closing) {
                note.completeExceptionally(new AuditUnavailableException("The audit log is closed."));
            } else if (publishedSize >= head.size()) {
                note.complete(published);
            } else {
                waiters.add(new Waiter(head.size(), note));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return note;
    }

    /** Asks the thread to sign the last head and end. */
    void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends without another checkpoint. */
    void fail(Throwable cause) {
        List<Waiter> abandoned;
        lock.lock();
        try {
            failure = cause;
            abandoned = List.copyOf(waiters);
            waiters.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Waiter waiter : abandoned) {
            waiter.note().completeExceptionally(new AuditUnavailableException("The audit log has failed.", cause));
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                Chain.Head next = await();
                if (next == null) {
                    return;
                }
                publish(next);
            }
        } catch (IOException | RuntimeException e) {
            onFailure.accept(e);
        }
    }

    /** Signs and stores a checkpoint of this head. */
    void publish(Chain.Head next) throws IOException {
        vault.force();
        String note = new Checkpoint(key.verifier().name(), next.size(), next.root())
                .sign(key)
                .encode();
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        if (keeps()) {
            files.replace(directory.archivedCheckpoint(next.size()), bytes);
            lastKept = System.nanoTime();
        }
        files.replace(directory.checkpoint(), bytes);
        for (CompletableFuture<String> waiter : published(next.size(), note)) {
            waiter.complete(note);
        }
    }

    private boolean keeps() {
        lock.lock();
        try {
            return closing || !waiters.isEmpty() || System.nanoTime() - lastKept >= KEEP_EVERY_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private List<CompletableFuture<String>> published(long size, String note) {
        List<CompletableFuture<String>> served = new ArrayList<>();
        lock.lock();
        try {
            publishedSize = size;
            published = note;
            for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (waiter.size() <= size) {
                    served.add(waiter.note());
                    each.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return served;
    }

    /** The next head to sign, or null when there is nothing more to do. */
    private Chain.@Nullable Head await() {
        lock.lock();
        try {
            long left = settings.checkpointEvery().toNanos();
            while (failure == null) {
                long grown = head.size() - publishedSize;
                boolean due = left <= 0 || grown >= settings.checkpointRecords() || !waiters.isEmpty() || closing;
                if (grown > 0 && due) {
                    return head;
                }
                if (closing) {
                    return null;
                }
                if (left <= 0) {
                    left = settings.checkpointEvery().toNanos();
                }
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    // Nobody may interrupt this thread; if somebody does, the flag must not reach a file channel.
                    left = settings.checkpointEvery().toNanos();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
