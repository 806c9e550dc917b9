package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import org.jspecify.annotations.Nullable;

/** Takes one column (0-based) of a stream's current row. */
sealed interface ColumnTaker permits ColumnTaker.Whole, ScaledNumeric {
    /** A value, or {@code byte[]}. */
    @Nullable
    Object take(RowStream stream, int column) throws SourceException;

    /** As the source has it. */
    enum Whole implements ColumnTaker {
        /** In its Java class. */
        VALUE {
            @Override
            public @Nullable Object take(RowStream stream, int column) throws SourceException {
                return stream.value(column);
            }
        },
        /** As the source's own bytes. */
        BYTES {
            @Override
            public @Nullable Object take(RowStream stream, int column) throws SourceException {
                return stream.bytes(column);
            }
        }
    }
}
