package io.weir.query.execute;

import io.weir.connector.source.SourceException;
import io.weir.query.govern.Permit;
import io.weir.query.rewrite.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of raw rows of a row_level statement, with identifiers not yet pseudonymised. One thread; a long one is read ahead. */
public final class RawRows implements AutoCloseable {
    private final Permit.Rows permit;
    private final String source;
    private final List<OutputColumn> outputs;
    private final RowReader reader;
    private final int aheadFrom;
    private int read;
    private @Nullable ReadAhead ahead;

    /** @param aheadFrom rows after which the next ones are read ahead: a short answer needs no second thread */
    RawRows(Permit.Rows permit, String source, List<OutputColumn> outputs, RowReader reader, int aheadFrom) {
        this.permit = permit;
        this.source = source;
        this.outputs = List.copyOf(outputs);
        this.reader = reader;
        this.aheadFrom = aheadFrom;
    }

    public Permit.Rows permit() {
        return permit;
    }

    public List<OutputColumn> outputs() {
        return outputs;
    }

    /** Whether a column's values are the source's own bytes, in the form that was asked for. */
    public boolean passes(int column) {
        return reader.passes(column);
    }

    /** The next row, which belongs to the caller, or null at the end. */
    public @Nullable Object @Nullable [] next() {
        try {
            ReadAhead others = ahead;
            if (others == null && read < aheadFrom) {
                read++;
                return reader.next();
            }
            if (others == null) {
                others = new ReadAhead(reader);
                ahead = others;
            }
            return others.next();
        } catch (SourceException e) {
            throw Executor.problem(e, source);
        }
    }

    @Override
    public void close() {
        if (ahead == null) {
            reader.close();
        } else {
            ahead.close();
        }
    }
}
