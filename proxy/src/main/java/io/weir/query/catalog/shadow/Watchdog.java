package io.weir.query.catalog.shadow;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long on the shadow. statement_timeout is not enough: an analyst can set it, and it does not see a server that
 * hangs. First the statement is cancelled; a connection that has not answered three seconds later is closed. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("shadow-watchdog").factory());

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Closes the connection when the work is not done in time. */
    <T> T orClose(BackendConnection connection, Duration limit, Work<T> work) throws IOException {
        Future<?> close = later(limit, connection::close);
        try {
            return work.run();
        } finally {
            close.cancel(false);
        }
    }

    /** Cancels what the server does when the work is not done in time. */
    <T> T orCancel(BackendConnection connection, Duration limit, Work<T> work) throws IOException {
        connection.begin();
        Future<?> cancel = later(limit, connection::timeOut);
        Future<?> close = later(limit.plus(GRACE), connection::close);
        try {
            return work.run();
        } finally {
            cancel.cancel(false);
            close.cancel(false);
        }
    }

    /** The timer's one thread never does I/O itself. */
    private Future<?> later(Duration delay, Runnable task) {
        return timer.schedule(
                () -> Thread.ofVirtual().name("shadow-cancel").start(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
