package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import org.jspecify.annotations.Nullable;

/** Takes whole rows from a stream, some columns as the source's own bytes. As the stream: one thread at a time. */
final class RowReader implements AutoCloseable {
    private final RowStream stream;
    private final boolean[] passed;

    private RowReader(RowStream stream, boolean[] passed) {
        if (passed.length != stream.columns().size()) {
            throw new IllegalArgumentException("the source gives other columns");
        }
        this.stream = stream;
        this.passed = passed;
    }

    static RowReader of(RowStream stream, PassedColumns wanted) {
        return new RowReader(stream, wanted.had(stream));
    }

    /** Reads every column as its value. */
    static RowReader ofValues(RowStream stream) {
        return new RowReader(stream, new boolean[stream.columns().size()]);
    }

    /** The next row, which belongs to the caller, or null at the end. */
    @Nullable
    Object @Nullable [] next() throws SourceException {
        if (!stream.next()) {
            return null;
        }
        @Nullable Object[] row = new @Nullable Object[passed.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = passed[i] ? stream.bytes(i) : stream.value(i);
        }
        return row;
    }

    boolean passes(int column) {
        return passed[column];
    }

    @Override
    public void close() {
        stream.close();
    }
}
