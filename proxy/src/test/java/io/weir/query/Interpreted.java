package io.weir.query;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.util.Map;

/** Stands for a source of another dialect: each text that it knows is asked of a PostgreSQL as the text that means the same there. */
record Interpreted(SourceConnector source, Map<String, String> translations) implements ForwardingSource {
    @Override
    public String dialect() {
        return "sqlserver";
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        String known = translations.get(statement.sql());
        if (known == null) {
            throw new SourceException(SourceException.Kind.FAILED, "another text than explained");
        }
        return source.open(new SourceStatement(
                statement.pool(),
                statement.holder(),
                known,
                statement.binds(),
                statement.fetchSize(),
                statement.timeout(),
                statement.transfer()));
    }
}
