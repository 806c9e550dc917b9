package io.weir.query;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;

/** Stands before a source that belongs to somebody else, who closes it. */
interface ForwardingSource extends SourceConnector {
    SourceConnector source();

    @Override
    default String dialect() {
        return source().dialect();
    }

    @Override
    default RowStream open(SourceStatement statement) throws SourceException {
        return source().open(statement);
    }

    @Override
    default void probe() throws SourceException {
        source().probe();
    }

    @Override
    default void close() {}
}
