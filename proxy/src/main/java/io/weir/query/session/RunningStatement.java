package io.weir.query.session;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The point where other threads reach a session: cancels the statement that runs now, and no other. Thread-safe. */
final class RunningStatement {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread worker;
    private volatile boolean cancelled;

    /** Session: from here on a cancel interrupts this thread. */
    void begin() {
        lock.lock();
        try {
            cancelled = false;
            worker = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Session: a cancel from now on is too late; clears an interrupt that came for the statement. */
    void end() {
        lock.lock();
        try {
            worker = null;
            cancelled = false;
            // Nobody else interrupts a session: whatever is pending was meant for this statement.
            if (Thread.interrupted()) {
                cancelled = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Session: the statement has done what it does; a cancel from now on is too late, and one that came meanwhile was. */
    void passed() {
        end();
    }

    /** Any thread. */
    void cancel() {
        lock.lock();
        try {
            Thread running = worker;
            if (running != null) {
                cancelled = true;
                running.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Session, between rows: whether the statement was cancelled. */
    boolean isCancelled() {
        return cancelled;
    }
}
