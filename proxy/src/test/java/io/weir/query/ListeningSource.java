package io.weir.query;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A source, and what it was asked.
 *
 * @param heard the statements so far, oldest first
 */
public record ListeningSource(SourceConnector source, List<SourceStatement> heard) implements ForwardingSource {
    /** A source that was asked nothing yet. */
    public static ListeningSource to(SourceConnector source) {
        return new ListeningSource(source, new CopyOnWriteArrayList<>());
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        heard.add(statement);
        return source.open(statement);
    }
}
