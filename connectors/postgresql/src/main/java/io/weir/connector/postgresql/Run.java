package io.weir.connector.postgresql;

import io.weir.connector.source.Bind;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** One statement on one leased connection, from borrowing to giving back. Used by one thread. */
final class Run implements AutoCloseable {
    private static final String BROKEN_PROTOCOL = "08P01";
    private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Something that waits for the server. */
    @FunctionalInterface
    interface Wait<T extends @Nullable Object> {
        T get() throws SQLException;
    }

    private final StatementWatch watch;
    private final ProjectPools.Lease lease;
    private final PgConnection connection;
    private final WatchedConnection watched;
    private long budget;
    private boolean unusable;
    private boolean closed;
    private boolean interruptedInRollback;
    private @Nullable PreparedStatement prepared;

    /** Takes the lease over; {@link #close} gives it back. */
    Run(StatementWatch watch, ProjectPools.Lease lease, PgConnection connection, long budget) {
        this.watch = watch;
        this.lease = lease;
        this.connection = connection;
        this.budget = budget;
        this.watched = watch.begin(connection);
    }

    /**
     * Executes and reads the shape of the result.
     *
     * @throws SQLException as the server says; the caller closes this run
     * @throws SourceException when the watch stepped in, or a bind or column has no known type
     */
    RowStream start(SourceStatement statement) throws SQLException, SourceException {
        PreparedStatement query = connection.prepareStatement(
                statement.sql(),
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                ResultSet.CLOSE_CURSORS_AT_COMMIT);
        prepared = query;
        query.setFetchSize(statement.fetchSize());
        List<Bind> binds = statement.binds();
        for (int i = 0; i < binds.size(); i++) {
            BindWriter.write(query, i + 1, binds.get(i));
        }
        ResultSet rows = await(query::executeQuery);
        ResultSetMetaData shape = rows.getMetaData();
        int count = shape.getColumnCount();
        List<String> labels = new ArrayList<>(count);
        ColumnReader[] readers = new ColumnReader[count];
        for (int i = 0; i < count; i++) {
            int column = i + 1;
            labels.add(shape.getColumnLabel(column));
            String type = await(() -> shape.getColumnTypeName(column));
            ColumnReader reader = ColumnReader.of(type);
            if (reader == null) {
                throw new SourceException(
                        SourceException.Kind.FAILED,
                        "column " + column + " has a type without a natural class: " + type);
            }
            readers[i] = reader;
        }
        return new PostgresRowStream(this, rows, List.copyOf(labels), readers, statement.fetchSize());
    }

    /** Waits under watch and takes the time from the budget. */
    <T extends @Nullable Object> T await(Wait<T> wait) throws SQLException, SourceException {
        long start = System.nanoTime();
        watched.arm(start + budget);
        T value;
        try {
            value = driver(wait);
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

    /** A server that breaks the protocol makes the driver throw what it does not mean to. */
    private static <T extends @Nullable Object> T driver(Wait<T> call) throws SQLException {
        try {
            return call.get();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new SQLException("the server broke the protocol", BROKEN_PROTOCOL, e);
        }
    }

    /** The connection is not to be used again. */
    void condemn() {
        unusable = true;
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
            // Closing puts the prepared statement back into the driver's cache.
            if (prepared != null) {
                prepared.close();
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
