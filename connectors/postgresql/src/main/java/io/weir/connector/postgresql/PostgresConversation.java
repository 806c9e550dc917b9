package io.weir.connector.postgresql;

import io.weir.connector.jdbc.ColumnReader;
import io.weir.connector.jdbc.Conversation;
import io.weir.connector.jdbc.Run;
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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSetMetaData;

/** One statement in the words of pgjdbc. */
final class PostgresConversation implements Conversation {
    private static final String BROKEN_PROTOCOL = "08P01";
    /** The driver's threshold for describing a statement before its first run (PGStatement.setPrepareThreshold). */
    private static final int AT_ONCE = -1;

    private final PgConnection connection;
    private @Nullable PreparedStatement prepared;

    PostgresConversation(PgConnection connection) {
        this.connection = connection;
    }

    @Override
    public RowStream start(SourceStatement statement, Run run) throws SQLException, SourceException {
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
        ResultSet rows = await(run, query::executeQuery);
        ResultSetMetaData shape = rows.getMetaData();
        PgResultSetMetaData forms = shape.unwrap(PgResultSetMetaData.class);
        boolean utf8 = !"SQL_ASCII".equals(connection.getParameterStatus("server_encoding"));
        int count = shape.getColumnCount();
        List<PostgresRowStream.Column> columns = new ArrayList<>(count);
        for (int column = 1; column <= count; column++) {
            int index = column;
            String label = shape.getColumnLabel(column);
            String type = await(run, () -> shape.getColumnTypeName(index));
            ColumnReader reader = PostgresTypes.reader(type);
            if (reader == null) {
                throw new SourceException(
                        SourceException.Kind.FAILED,
                        "column " + column + " has a type without a natural class: " + type);
            }
            ColumnForm form = ColumnBytes.form(forms, column, type, utf8);
            columns.add(new PostgresRowStream.Column(label, reader, form, form == null ? null : ColumnBytes.of(form)));
        }
        return new PostgresRowStream(run, rows, columns, statement.fetchSize());
    }

    /** Waits for a server that may break the protocol, which makes the driver throw what it does not mean to. */
    static <T extends @Nullable Object> T await(Run run, Run.Wait<T> call) throws SQLException, SourceException {
        return run.await(() -> {
            try {
                return call.get();
            } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
                throw new SQLException("the server broke the protocol", BROKEN_PROTOCOL, e);
            }
        });
    }

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

    @Override
    public void finish() throws SQLException {
        // Closing puts the prepared statement back into the driver's cache.
        if (prepared != null) {
            prepared.close();
        }
        connection.rollback();
    }
}
