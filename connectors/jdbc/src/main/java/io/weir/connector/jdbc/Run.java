package io.weir.connector.jdbc;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One statement on one leased connection, from borrowing to giving back. Used by one thread. */
public final class Run implements AutoCloseable {
    private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Something that waits for the server. */
    @FunctionalInterface
    public interface Wait<T extends @Nullable Object> {
        T get() throws SQLException;
    }

    private final StatementWatch watch;
    private final ProjectPools.Lease lease;
    private final Conversation conversation;
    private final Failures failures;
    private final WatchedConnection watched;
    private long budget;
    private boolean unusable;
    private boolean closed;
    private boolean interruptedInRollback;

    /** Takes the lease over; {@link #close} gives it back. */
    Run(StatementWatch watch, ProjectPools.Lease lease, Conversation conversation, Failures failures, long budget) {
        this.watch = watch;
        this.lease = lease;
        this.conversation = conversation;
        this.failures = failures;
        this.budget = budget;
        this.watched = watch.begin(conversation);
    }

    RowStream start(SourceStatement statement) throws SQLException, SourceException {
        return conversation.start(statement, this);
    }

    /** Waits under watch and takes the time from the budget. */
    public <T extends @Nullable Object> T await(Wait<T> wait) throws SQLException, SourceException {
        long start = System.nanoTime();
        watched.arm(start + budget);
        T value;
        try {
            value = wait.get();
        } catch (SQLException e) {
            SourceException.Kind verdict = watched.disarm();
            if (verdict != null) {
                throw Failures.byVerdict(verdict, e);
            }
            unusable |= !failures.leavesConnectionUsable(e);
            throw e;
        }
        SourceException.Kind verdict = watched.disarm();
        budget -= System.nanoTime() - start;
        if (verdict != null) {
            throw Failures.byVerdict(verdict, null);
        }
        return value;
    }

    private void condemn() {
        unusable = true;
    }

    /** What is thrown when rows cannot be had any more; the connection is not used again. */
    public SourceException failed(SQLException e) {
        condemn();
        return failures.classified(e);
    }

    /**
     * What is thrown when a value cannot be read; the connection is not used again.
     *
     * @param column 0-based
     */
    public SourceException unreadable(int column, Exception cause) {
        condemn();
        return new SourceException(
                SourceException.Kind.FAILED,
                "column " + (column + 1) + " could not be read in its natural class",
                cause);
    }

    /** Rolls back and gives the connection back, or discards it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // An interruption that is pending is for what comes after; here it would only cut the socket under the
        // rollback.
        boolean interrupted = Thread.interrupted();
        try {
            boolean clean = !unusable && !watched.spoilt() && rollback();
            interrupted |= interruptedInRollback;
            if (clean) {
                lease.giveBack();
            } else {
                lease.discard();
            }
        } finally {
            watch.end(watched);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean rollback() {
        watched.arm(System.nanoTime() + CLOSING_NANOS);
        try {
            conversation.finish();
        } catch (SQLException | RuntimeException e) {
            unusable = true;
        }
        SourceException.Kind verdict = watched.disarm();
        interruptedInRollback = verdict == SourceException.Kind.CANCELLED;
        return !unusable && verdict == null;
    }
}
