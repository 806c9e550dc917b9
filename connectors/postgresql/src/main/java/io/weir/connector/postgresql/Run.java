package io.weir.connector.postgresql;

import io.weir.connector.jdbc.Interruptible;
import io.weir.connector.jdbc.ProjectPools;
import io.weir.connector.jdbc.StatementWatch;
import io.weir.connector.jdbc.WatchedConnection;
import io.weir.connector.source.Bind;
import io.weir.connector.source.ColumnForm;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.source.Transfer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSetMetaData;

/** One statement on one leased connection, from borrowing to giving back. Used by one thread. */
final class Run implements AutoCloseable {
    private static final String BROKEN_PROTOCOL = "08P01";
    /** The driver's threshold for describing a statement before its first run (PGStatement.setPrepareThreshold). */
    private static final int AT_ONCE = -1;

    private static final long CLOSING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The server's process behind a connection. */
    private record Stoppable(PgConnection connection) implements Interruptible {
        @Override
        public void cancel() throws SQLException {
            // Not Statement.cancel(): it does nothing once the statement has failed on our side, when the server may
            // still be at work.
            connection.getQueryExecutor().sendQueryCancel();
        }

        @Override
        public void cut() throws SQLException {
            connection.abort(Runnable::run);
        }
    }

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
        this.watched = watch.begin(new Stoppable(connection));
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
                // Of results that could be updated the driver never asks for binary values; nothing here updates one.
                statement.transfer() == Transfer.TEXT ? ResultSet.CONCUR_UPDATABLE : ResultSet.CONCUR_READ_ONLY,
                ResultSet.CLOSE_CURSORS_AT_COMMIT);
        prepared = query;
        query.setFetchSize(statement.fetchSize());
        if (statement.transfer() == Transfer.BINARY) {
            // The driver asks for binary values when it knows the result's types, and so describes the statement first.
            query.unwrap(PGStatement.class).setPrepareThreshold(AT_ONCE);
        }
        List<Bind> binds = statement.binds();
        for (int i = 0; i < binds.size(); i++) {
            BindWriter.write(query, i + 1, binds.get(i));
        }
        ResultSet rows = await(query::executeQuery);
        ResultSetMetaData shape = rows.getMetaData();
        PgResultSetMetaData forms = shape.unwrap(PgResultSetMetaData.class);
        boolean utf8 = !"SQL_ASCII".equals(connection.getParameterStatus("server_encoding"));
        int count = shape.getColumnCount();
        List<PostgresRowStream.Column> columns = new ArrayList<>(count);
        for (int column = 1; column <= count; column++) {
            int index = column;
            String label = shape.getColumnLabel(column);
            String type = await(() -> shape.getColumnTypeName(index));
            ColumnReader reader = ColumnReader.of(type);
            if (reader == null) {
                throw new SourceException(
                        SourceException.Kind.FAILED,
                        "column " + column + " has a type without a natural class: " + type);
            }
            ColumnForm form = ColumnBytes.form(forms, column, type, utf8);
            columns.add(new PostgresRowStream.Column(label, reader, form, form == null ? null : ColumnBytes.of(form)));
        }
        return new PostgresRowStream(this, rows, columns, statement.fetchSize());
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
