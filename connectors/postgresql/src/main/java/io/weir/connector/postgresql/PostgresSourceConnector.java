package io.weir.connector.postgresql;

import io.weir.connector.jdbc.Failures;
import io.weir.connector.jdbc.PoolLimits;
import io.weir.connector.jdbc.PooledSource;
import io.weir.connector.jdbc.SourceConnections;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.jdbc.PgConnection;

/** A PostgreSQL server (12 or later) as a source. See the package for what it promises. */
public final class PostgresSourceConnector implements SourceConnector {
    private final Failures failures = new PostgresFailures();
    private final SourceConnections connections;
    private final PooledSource pooled;

    /** Connects to nothing yet. */
    public PostgresSourceConnector(PostgresSourceConfig config) {
        this.connections = new PostgresConnections(config);
        this.pooled = new PooledSource(
                connections,
                new PoolLimits(config.connectionsPerPool(), config.pools(), config.connectTimeout()),
                config.longestStatement(),
                connection -> new PostgresConversation(connection.unwrap(PgConnection.class)),
                failures);
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        if (statement.sql().indexOf(';') >= 0) {
            // The driver would send several statements; a generated SELECT has no use for the mark.
            throw new SourceException(SourceException.Kind.FAILED, "a source statement holds no semicolon");
        }
        return pooled.open(statement);
    }

    @Override
    public void probe() throws SourceException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT current_setting('transaction_read_only')")) {
            answer.next();
            if (!"on".equals(answer.getString(1))) {
                throw new SourceException(
                        SourceException.Kind.FAILED, "the source does not keep transactions read-only");
            }
        } catch (SQLException e) {
            throw failures.classified(e);
        }
    }

    @Override
    public void close() {
        pooled.close();
    }
}
