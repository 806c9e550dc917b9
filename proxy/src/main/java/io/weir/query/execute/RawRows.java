package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.query.govern.Permit;
import io.weir.query.rewrite.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of raw rows of a row_level statement, with identifiers not yet pseudonymised. One thread. */
public final class RawRows implements AutoCloseable {
    private final Permit.Rows permit;
    private final List<OutputColumn> outputs;
    private final RowStream stream;

    RawRows(Permit.Rows permit, List<OutputColumn> outputs, RowStream stream) {
        this.permit = permit;
        this.outputs = List.copyOf(outputs);
        this.stream = stream;
    }

    public Permit.Rows permit() {
        return permit;
    }

    public List<OutputColumn> outputs() {
        return outputs;
    }

    public boolean next() {
        try {
            return stream.next();
        } catch (SourceException e) {
            throw Executor.problem(e);
        }
    }

    public @Nullable Object value(int column) {
        try {
            return stream.value(column);
        } catch (SourceException e) {
            throw Executor.problem(e);
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
