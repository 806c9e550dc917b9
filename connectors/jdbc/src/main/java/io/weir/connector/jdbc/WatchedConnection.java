package io.weir.connector.jdbc;

import io.weir.connector.source.SourceException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection under watch. Its user arms it before every wait for the server and disarms it after; in between the watch may cancel, and
 * after a grace cut the socket. Whether a cancel went out is told by {@link #spoilt()}, exactly once and for good: such a connection must not be
 * used again, as the request may still be on its way.
 */
final class WatchedConnection {
    /** How long a server may take to obey a cancel request. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private final Conversation connection;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread waiting;
    private long deadline;
    private long cutAt;
    private SourceException.@Nullable Kind verdict;

    WatchedConnection(Conversation connection) {
        this.connection = connection;
    }

    /** The current thread is going to wait for the server, until the deadline in the scale of {@link System#nanoTime()}. */
    void arm(long until) {
        lock.lock();
        try {
            waiting = Thread.currentThread();
            deadline = until;
        } finally {
            lock.unlock();
        }
    }

    /** The wait is over. Gives the verdict of the watch, null when it did nothing; an interruption that the watch has not seen counts too. */
    SourceException.@Nullable Kind disarm() {
        lock.lock();
        try {
            waiting = null;
            if (verdict == null && Thread.currentThread().isInterrupted()) {
                condemn(SourceException.Kind.CANCELLED, System.nanoTime());
            }
            if (verdict == SourceException.Kind.CANCELLED) {
                // The exception that follows is the notice.
                boolean ignored = Thread.interrupted();
            }
            return verdict;
        } finally {
            lock.unlock();
        }
    }

    boolean spoilt() {
        lock.lock();
        try {
            return verdict != null;
        } finally {
            lock.unlock();
        }
    }

    /** Called by the watch. */
    void check(long now) {
        lock.lock();
        try {
            Thread thread = waiting;
            if (thread == null) {
                return;
            }
            if (verdict == null) {
                if (thread.isInterrupted()) {
                    condemn(SourceException.Kind.CANCELLED, now);
                } else if (now - deadline >= 0) {
                    condemn(SourceException.Kind.TIME_OUT, now);
                }
            } else if (now - cutAt >= 0) {
                cutAt = now + GRACE_NANOS;
                Thread.ofVirtual().name("weir-source-cut").start(this::cut);
            }
        } finally {
            lock.unlock();
        }
    }

    private void condemn(SourceException.Kind kind, long now) {
        verdict = kind;
        cutAt = now + GRACE_NANOS;
        Thread.ofVirtual().name("weir-source-cancel").start(this::cancel);
    }

    private void cancel() {
        try {
            connection.cancel();
        } catch (SQLException e) {
            cut();
        }
    }

    private void cut() {
        try {
            connection.cut();
        } catch (SQLException e) {
            // Closed already.
        }
    }
}
