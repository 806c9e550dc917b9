package io.weir.connector.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees to it that nobody waits longer than he asked. A thread that reads from a socket does not notice an interruption (a platform thread) or has
 * its socket closed under it (a virtual thread), and neither stops the server. So one thread looks at all running statements every few
 * milliseconds and cancels what is interrupted or late; the statements themselves pay two short locks and no timer.
 */
final class StatementWatch implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TICKS_UNTIL_REST = 50;

    private final Set<WatchedConnection> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean resting;
    private volatile boolean closed;

    StatementWatch() {
        thread = Thread.ofPlatform().daemon().name("weir-source-watch").start(this::look);
    }

    /** Begins to watch a connection until {@link #end}. */
    WatchedConnection begin(Conversation connection) {
        WatchedConnection entry = new WatchedConnection(connection);
        watched.add(entry);
        if (resting) {
            LockSupport.unpark(thread);
        }
        return entry;
    }

    /** Ends watching. */
    void end(WatchedConnection entry) {
        watched.remove(entry);
    }

    private void look() {
        int quiet = 0;
        while (!closed) {
            if (watched.isEmpty()) {
                quiet++;
            } else {
                quiet = 0;
                long now = System.nanoTime();
                watched.forEach(entry -> entry.check(now));
            }
            if (quiet < TICKS_UNTIL_REST) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                resting = true;
                if (watched.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                resting = false;
                quiet = 0;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
