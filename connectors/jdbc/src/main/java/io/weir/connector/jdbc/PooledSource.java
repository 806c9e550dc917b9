package io.weir.connector.jdbc;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Runs statements on pooled connections under watch. Thread-safe. */
public final class PooledSource implements AutoCloseable {
    private static final int ATTEMPTS = 2;

    /** For a connection that others have; never longer than the statement may take. */
    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);

    /** Begins a conversation on a borrowed connection. */
    @FunctionalInterface
    public interface Driver {
        Conversation on(Connection connection) throws SQLException;
    }

    private final ProjectPools pools;
    private final StatementWatch watch;
    private final Driver driver;
    private final Failures failures;
    private final Duration longestStatement;

    /**
     * Connects to nothing yet.
     *
     * @param longestStatement upper bound of every statement's time-out
     */
    public PooledSource(
            SourceConnections connections,
            PoolLimits limits,
            Duration longestStatement,
            Driver driver,
            Failures failures) {
        this.pools = new ProjectPools(connections, limits);
        this.watch = new StatementWatch();
        this.longestStatement = longestStatement;
        this.driver = driver;
        this.failures = failures;
    }

    /** Runs one statement and streams its rows. */
    public RowStream open(SourceStatement statement) throws SourceException {
        if (Thread.interrupted()) {
            throw new SourceException(SourceException.Kind.CANCELLED, "interrupted before the statement was sent");
        }
        Duration timeout = statement.timeout().compareTo(longestStatement) < 0 ? statement.timeout() : longestStatement;
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(statement, timeout);
            } catch (SQLException e) {
                // A pooled connection may have died with the server, or hold a plan that is out of date, or the
                // statement was the victim of a deadlock. Nothing was read: ask once more.
                if (attempt == ATTEMPTS || !failures.worthAnotherConnection(e)) {
                    throw failures.classified(e);
                }
            }
        }
    }

    private RowStream attempt(SourceStatement statement, Duration timeout) throws SQLException, SourceException {
        ProjectPools.Lease lease = pools.lease(
                statement.pool(), statement.holder(), timeout.compareTo(LONGEST_QUEUE) < 0 ? timeout : LONGEST_QUEUE);
        Run run;
        try {
            run = new Run(watch, lease, driver.on(lease.connection()), failures, timeout.toNanos());
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
    public void close() {
        pools.close();
        watch.close();
    }
}
