package io.weir.connector.postgresql;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows over one running statement. */
final class PostgresRowStream implements RowStream {
    private final Run run;
    private final ResultSet rows;
    private final List<String> columns;
    private final ColumnReader[] readers;
    private final int fetchSize;
    private long read;
    private boolean failed;

    PostgresRowStream(Run run, ResultSet rows, List<String> columns, ColumnReader[] readers, int fetchSize) {
        this.run = run;
        this.rows = rows;
        this.columns = columns;
        this.readers = readers;
        this.fetchSize = fetchSize;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean next() throws SourceException {
        if (failed) {
            throw new IllegalStateException("the stream has failed");
        }
        boolean more;
        try {
            // The driver asks the server exactly when the rows of the last fetch are used up.
            more = (fetchSize > 0 && read > 0 && read % fetchSize == 0) ? run.await(rows::next) : rows.next();
        } catch (SQLException e) {
            failed = true;
            run.condemn();
            throw Failures.of(e);
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
            return readers[column].read(rows, column + 1);
        } catch (SQLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            run.condemn();
            throw new SourceException(
                    SourceException.Kind.FAILED,
                    "column " + (column + 1) + " could not be read in its natural class",
                    e);
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
