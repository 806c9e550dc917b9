package io.weir.connector.postgresql;

import io.weir.connector.jdbc.ColumnReader;
import io.weir.connector.jdbc.Run;
import io.weir.connector.source.ColumnForm;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows over one running statement. */
final class PostgresRowStream implements RowStream {
    private final Run run;
    private final ResultSet rows;
    private final List<String> labels;
    private final Column[] columns;
    private final int fetchSize;
    private long read;
    private boolean failed;

    /**
     * How one column is read.
     *
     * @param form and its bytes; both null when only the value is to be had
     */
    record Column(
            String label,
            ColumnReader value,
            @Nullable ColumnForm form,
            @Nullable ColumnBytes bytes) {}

    PostgresRowStream(Run run, ResultSet rows, List<Column> columns, int fetchSize) {
        this.run = run;
        this.rows = rows;
        this.labels = columns.stream().map(Column::label).toList();
        this.columns = columns.toArray(Column[]::new);
        this.fetchSize = fetchSize;
    }

    @Override
    public List<String> columns() {
        return labels;
    }

    @Override
    public boolean next() throws SourceException {
        if (failed) {
            throw new IllegalStateException("the stream has failed");
        }
        boolean more;
        try {
            // The driver asks the server exactly when the rows of the last fetch are used up.
            more = (fetchSize > 0 && read > 0 && read % fetchSize == 0)
                    ? PostgresConversation.await(run, rows::next)
                    : rows.next();
        } catch (SQLException e) {
            failed = true;
            throw run.failed(e);
        } catch (SourceException e) {
            failed = true;
            throw e;
        }
        read++;
        return more;
    }

    @Override
    public @Nullable Object value(int column) throws SourceException {
        try {
            return columns[column].value().read(rows, column + 1);
        } catch (SQLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw run.unreadable(column, e);
        }
    }

    @Override
    public Optional<ColumnForm> form(int column) {
        return Optional.ofNullable(columns[column].form());
    }

    @Override
    public byte @Nullable [] bytes(int column) throws SourceException {
        ColumnBytes reader = columns[column].bytes();
        if (reader == null) {
            throw new IllegalStateException("column " + (column + 1) + " has no form");
        }
        try {
            return reader.read(rows, column + 1);
        } catch (SQLException | IndexOutOfBoundsException e) {
            throw run.unreadable(column, e);
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
