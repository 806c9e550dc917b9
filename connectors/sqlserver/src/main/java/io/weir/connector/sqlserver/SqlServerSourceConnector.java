package io.weir.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
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

/** A SQL Server (2022 or later over TLS) as a source. See the package for what it promises. */
public final class SqlServerSourceConnector implements SourceConnector {
    private static final int ATTEMPTS = 2;

    /** For a connection that others have; never longer than the statement may take. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);

    private final SqlServerSourceConfig config;
    private final SqlServerConnections connections;
    private final ProjectPools pools;
    private final StatementWatch watch;

    /** Connects to nothing yet. */
    public SqlServerSourceConnector(SqlServerSourceConfig config) {
        this.config = config;
        this.connections = new SqlServerConnections(config);
        this.pools = new ProjectPools(connections, config.limits());
        this.watch = new StatementWatch();
    }

    @Override
    public String dialect() {
        return "sqlserver";
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        if (Thread.interrupted()) {
            throw new SourceException(SourceException.Kind.CANCELLED, "interrupted before the statement was sent");
        }
        if (statement.sql().indexOf(';') >= 0
                || statement.sql().indexOf('{') >= 0
                || !statement.sql().startsWith("SELECT ")) {
            // A batch may hold several statements, and the driver rewrites what stands in braces, names too. A
            // generated
            // text is one SELECT and has no use for these marks.
            throw new SourceException(
                    SourceException.Kind.FAILED, "a source statement is one SELECT without semicolons and braces");
        }
        Duration timeout = statement.timeout().compareTo(config.longestStatement()) < 0
                ? statement.timeout()
                : config.longestStatement();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(statement, timeout);
            } catch (SQLException e) {
                // A pooled connection may have died with the server, or the statement was the victim of a deadlock.
                // Nothing
                // was read: ask once more.
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
            run = new Run(watch, lease, lease.connection().unwrap(SQLServerConnection.class), timeout.toNanos());
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
                ResultSet answer = statement.executeQuery("SELECT 1 AS answer")) {
            answer.next();
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
