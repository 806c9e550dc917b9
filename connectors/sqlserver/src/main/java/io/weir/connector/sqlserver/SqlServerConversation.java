package io.weir.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement;
import io.weir.connector.jdbc.ColumnReader;
import io.weir.connector.jdbc.Conversation;
import io.weir.connector.jdbc.Run;
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
import org.jspecify.annotations.Nullable;

/** One statement in the words of mssql-jdbc. A cancel is an ATTENTION in the middle of the statement's own conversation. */
final class SqlServerConversation implements Conversation {
    private final SQLServerConnection connection;
    /** Read by the watch. */
    private volatile @Nullable SQLServerPreparedStatement prepared;

    private boolean exhausted = true;

    SqlServerConversation(SQLServerConnection connection) {
        this.connection = connection;
    }

    @Override
    public RowStream start(SourceStatement statement, Run run) throws SQLException, SourceException {
        SQLServerPreparedStatement query = (SQLServerPreparedStatement)
                connection.prepareStatement(statement.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        prepared = query;
        query.setResponseBuffering("adaptive");
        List<Bind> binds = statement.binds();
        for (int i = 0; i < binds.size(); i++) {
            BindWriter.write(query, i + 1, binds.get(i));
        }
        exhausted = false;
        ResultSet rows = run.await(query::executeQuery);
        ResultSetMetaData shape = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        List<ColumnReader> readers = new ArrayList<>();
        for (int column = 1; column <= shape.getColumnCount(); column++) {
            String type = shape.getColumnTypeName(column).toLowerCase(Locale.ROOT);
            ColumnReader reader = SqlServerTypes.reader(type);
            if (reader == null) {
                throw new SourceException(
                        SourceException.Kind.FAILED,
                        "column " + column + " has a type without a natural class: " + type);
            }
            labels.add(shape.getColumnLabel(column));
            readers.add(reader);
        }
        return new SqlServerRowStream(run, () -> exhausted = true, rows, labels, readers);
    }

    @Override
    public void cancel() throws SQLException {
        SQLServerPreparedStatement running = prepared;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void cut() throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public void finish() throws SQLException {
        SQLServerPreparedStatement query = prepared;
        if (query != null) {
            if (!exhausted) {
                // Or else the driver reads the rest of the answer.
                query.cancel();
            }
            query.close();
        }
        connection.rollback();
    }
}
