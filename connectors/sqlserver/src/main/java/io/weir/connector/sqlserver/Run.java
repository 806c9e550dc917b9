package io.weir.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement;
import io.weir.connector.jdbc.Interruptible;
import io.weir.connector.jdbc.ProjectPools;
import io.weir.connector.jdbc.StatementWatch;
import io.weir.connector.jdbc.WatchedConnection;
import io.weir.connector.source.Bind;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One statement on one leased connection, from borrowing to giving back. Used by one thread. */
final class Run implements AutoCloseable {
    private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Something that waits for the server. */
    @FunctionalInterface
    interface Wait<T extends @Nullable Object> {
        T get() throws SQLException;
    }

    private final StatementWatch watch;
    private final ProjectPools.Lease lease;
    private final SQLServerConnection connection;
    private final Stoppable stoppable;
    private final WatchedConnection watched;
    private long budget;
    private boolean unusable;
    private boolean exhausted = true;
    private boolean closed;
    private boolean interruptedInRollback;

    /** Takes the lease over; {@link #close} gives it back. */
    Run(StatementWatch watch, ProjectPools.Lease lease, SQLServerConnection connection, long budget) {
        this.watch = watch;
        this.lease = lease;
        this.connection = connection;
        this.budget = budget;
        this.stoppable = new Stoppable(connection);
        this.watched = watch.begin(stoppable);
    }

    /** A cancel is an ATTENTION in the middle of the statement's own conversation. */
    private static final class Stoppable implements Interruptible {
        private final SQLServerConnection connection;
        private volatile @Nullable SQLServerPreparedStatement statement;

        Stoppable(SQLServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void cancel() throws SQLException {
            SQLServerPreparedStatement running = statement;
            if (running != null) {
                running.cancel();
            }
        }

        @Override
        public void cut() throws SQLException {
            connection.abort(Runnable::run);
        }
    }

    /**
     * Executes and reads the shape of the result.
     *
     * @throws SQLException as the server says; the caller closes this run
     * @throws SourceException when the watch stepped in, or a bind or column has no known type
     */
    RowStream start(SourceStatement statement) throws SQLException, SourceException {
        SQLServerPreparedStatement query = (SQLServerPreparedStatement)
                connection.prepareStatement(statement.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        stoppable.statement = query;
        query.setResponseBuffering("adaptive");
        List<Bind> binds = statement.binds();
        for (int i = 0; i < binds.size(); i++) {
            BindWriter.write(query, i + 1, binds.get(i));
        }
        exhausted = false;
        ResultSet rows = await(query::executeQuery);
        ResultSetMetaData shape = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        List<ColumnReader> readers = new ArrayList<>();
        for (int column = 1; column <= shape.getColumnCount(); column++) {
            String type = shape.getColumnTypeName(column).toLowerCase(Locale.ROOT);
            ColumnReader reader = ColumnReader.of(type);
            if (reader == null) {
                throw new SourceException(
                        SourceException.Kind.FAILED,
                        "column " + column + " has a type without a natural class: " + type);
            }
            labels.add(shape.getColumnLabel(column));
            readers.add(reader);
        }
        return new SqlServerRowStream(this, rows, labels, readers);
    }

    /** Waits under watch and takes the time from the budget. */
    <T extends @Nullable Object> T await(Wait<T> wait) throws SQLException, SourceException {
        long start = System.nanoTime();
        watched.arm(start + budget);
        T value;
        try {
            value = wait.get();
        } catch (SQLException e) {
            SourceException.Kind verdict = watched.disarm();
            if (verdict != null) {
                throw Failures.of(verdict, e);
            }
            unusable |= !Failures.leavesConnectionUsable(e);
            throw e;
        }
        SourceException.Kind verdict = watched.disarm();
        budget -= System.nanoTime() - start;
        if (verdict != null) {
            throw Failures.of(verdict, null);
        }
        return value;
    }

    /** The connection is not to be used again. */
    void condemn() {
        unusable = true;
    }

    /** The answer was read to its end. */
    void exhausted() {
        exhausted = true;
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
            SQLServerPreparedStatement query = stoppable.statement;
            if (query != null) {
                if (!exhausted) {
                    // Or else the driver reads the rest of the answer.
                    query.cancel();
                }
                query.close();
            }
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            unusable = true;
        }
        SourceException.Kind verdict = watched.disarm();
        interruptedInRollback = verdict == SourceException.Kind.CANCELLED;
        return !unusable && verdict == null;
    }
}
