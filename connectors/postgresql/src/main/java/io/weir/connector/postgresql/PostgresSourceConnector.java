package io.weir.connector.postgresql;

import io.weir.connector.jdbc.PoolLimits;
import io.weir.connector.jdbc.ProjectPools;
import io.weir.connector.jdbc.StatementWatch;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.jdbc.PgConnection;

/** A PostgreSQL server (12 or later) as a source. See the package for what it promises. */
public final class PostgresSourceConnector implements SourceConnector {
    private static final int ATTEMPTS = 2;

    /** For a connection that others have; never longer than the statement may take. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);

    private final PostgresSourceConfig config;
    private final PostgresConnections connections;
    private final ProjectPools pools;
    private final StatementWatch watch;

    /** Connects to nothing yet. */
    public PostgresSourceConnector(PostgresSourceConfig config) {
        this.config = config;
        this.connections = new PostgresConnections(config);
        this.pools = new ProjectPools(
                connections, new PoolLimits(config.connectionsPerPool(), config.pools(), config.connectTimeout()));
        this.watch = new StatementWatch();
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        if (Thread.interrupted()) {
            throw new SourceException(SourceException.Kind.CANCELLED, "interrupted before the statement was sent");
        }
        if (statement.sql().indexOf(';') >= 0) {
            // The driver would send several statements; a generated SELECT has no use for the mark.
            throw new SourceException(SourceException.Kind.FAILED, "a source statement holds no semicolon");
        }
        Duration timeout = statement.timeout().compareTo(config.longestStatement()) < 0
                ? statement.timeout()
                : config.longestStatement();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(statement, timeout);
            } catch (SQLException e) {
                // A pooled connection may have died with the server, or hold a plan that is out of date. Nothing was
                // read: ask once more.
                if (attempt == ATTEMPTS || !Failures.worthAnotherConnection(e)) {
                    throw Failures.of(e);
                }
            }
        }
    }

    private RowStream attempt(SourceStatement statement, Duration timeout) throws SQLException, SourceException {
        ProjectPools.Lease lease = pools.lease(
                statement.pool(), statement.holder(), timeout.compareTo(LONGEST_QUEUE) < 0 ? timeout : LONGEST_QUEUE);
        Run run;
        try {
            run = new Run(watch, lease, lease.connection().unwrap(PgConnection.class), timeout.toNanos());
        } catch (SQLException | RuntimeException e) {
            lease.discard();
            throw e;
        }
        boolean opened = false;
        try {
            RowStream rows = run.start(statement);
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                run.close();
            }
        }
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
            throw Failures.of(e);
        }
    }

    @Override
    public void close() {
        pools.close();
        watch.close();
    }
}
