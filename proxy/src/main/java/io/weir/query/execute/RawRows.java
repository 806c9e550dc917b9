package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.query.govern.Permit;
import io.weir.query.rewrite.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of raw rows of a row_level statement, with identifiers not yet pseudonymised. One thread; a long one is read ahead. */
public final class RawRows implements AutoCloseable {
    private final Permit.Rows permit;
    private final List<OutputColumn> outputs;
    private final RowStream stream;
    private final int aheadFrom;
    private int read;
    private @Nullable ReadAhead ahead;
    private @Nullable Object @Nullable [] row;

    /** @param aheadFrom rows after which the next ones are read ahead: a short answer needs no second thread */
    RawRows(Permit.Rows permit, List<OutputColumn> outputs, RowStream stream, int aheadFrom) {
        this.permit = permit;
        this.outputs = List.copyOf(outputs);
        this.stream = stream;
        this.aheadFrom = aheadFrom;
    }

    public Permit.Rows permit() {
        return permit;
    }

    public List<OutputColumn> outputs() {
        return outputs;
    }

    public boolean next() {
        try {
            ReadAhead others = ahead;
            if (others == null && read < aheadFrom) {
                read++;
                return stream.next();
            }
            if (others == null) {
                others = new ReadAhead(stream);
                ahead = others;
            }
            row = others.next();
            return row != null;
        } catch (SourceException e) {
            throw Executor.problem(e);
        }
    }

    public @Nullable Object value(int column) {
        @Nullable Object[] aheadRow = row;
        if (aheadRow != null) {
            return aheadRow[column];
        }
        try {
            return stream.value(column);
        } catch (SourceException e) {
            throw Executor.problem(e);
        }
    }

    @Override
    public void close() {
        if (ahead == null) {
            stream.close();
        } else {
            ahead.close();
        }
    }
}
