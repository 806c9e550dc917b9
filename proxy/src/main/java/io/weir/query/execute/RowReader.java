package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes whole rows from a stream, some columns as the source's own bytes. As the stream: one thread at a time. */
final class RowReader implements AutoCloseable {
    private final RowStream stream;
    private final ColumnTaker[] takers;

    private RowReader(RowStream stream, ColumnTaker[] takers) {
        if (takers.length != stream.columns().size()) {
            throw new IllegalArgumentException("the source gives other columns");
        }
        this.stream = stream;
        this.takers = takers;
    }

    static RowReader of(RowStream stream, PassedColumns wanted) {
        return new RowReader(stream, wanted.had(stream));
    }

    /** Reads every column as its value. */
    static RowReader ofValues(RowStream stream) {
        ColumnTaker[] takers = new ColumnTaker[stream.columns().size()];
        Arrays.fill(takers, ColumnTaker.Whole.VALUE);
        return new RowReader(stream, takers);
    }

    /** The next row, which belongs to the caller, or null at the end. */
    @Nullable
    Object @Nullable [] next() throws SourceException {
        if (!stream.next()) {
            return null;
        }
        @Nullable Object[] row = new @Nullable Object[takers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = takers[i].take(stream, i);
        }
        return row;
    }

    /** Whether a column is never taken as its value. */
    boolean passes(int column) {
        return takers[column] == ColumnTaker.Whole.BYTES;
    }

    @Override
    public void close() {
        stream.close();
    }
}
