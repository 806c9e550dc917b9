package io.weir.connector.sqlserver;

import io.weir.connector.jdbc.ColumnReader;
import io.weir.connector.jdbc.Run;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows over one running statement. */
final class SqlServerRowStream implements RowStream {
    private final Run run;
    private final Runnable atEnd;
    private final ResultSet rows;
    private final List<String> labels;
    private final ColumnReader[] readers;
    private boolean failed;

    /** @param atEnd called when the answer was read to its end */
    SqlServerRowStream(Run run, Runnable atEnd, ResultSet rows, List<String> labels, List<ColumnReader> readers) {
        this.run = run;
        this.atEnd = atEnd;
        this.rows = rows;
        this.labels = List.copyOf(labels);
        this.readers = readers.toArray(ColumnReader[]::new);
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
        try {
            // The driver reads packets as they come: any row may wait.
            boolean more = run.await(rows::next);
            if (!more) {
                atEnd.run();
            }
            return more;
        } catch (SQLException e) {
            failed = true;
            throw run.failed(e);
        } catch (SourceException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public @Nullable Object value(int column) throws SourceException {
        try {
            return readers[column].read(rows, column + 1);
        } catch (SQLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw run.unreadable(column, e);
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
