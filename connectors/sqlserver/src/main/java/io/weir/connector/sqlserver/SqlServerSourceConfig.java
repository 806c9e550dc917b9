package io.weir.connector.sqlserver;

import io.weir.connector.Secret;
import io.weir.connector.jdbc.PoolLimits;
import java.time.Duration;

/**
 * Where a source is and how it is used.
 *
 * @param address where
 * @param user a login that can read only
 * @param password its password
 * @param trust how the server proves itself
 * @param isolation what a statement sees of others' changes
 * @param limits connections; at least 250 ms for one to be had
 * @param longestStatement upper bound of every statement's time-out
 */
public record SqlServerSourceConfig(
        SqlServerAddress address,
        String user,
        Secret password,
        ServerTrust trust,
        Isolation isolation,
        PoolLimits limits,
        Duration longestStatement) {
    private static final Duration SHORTEST_CONNECT = Duration.ofMillis(250);

    /** What a statement sees of changes while it runs (SET TRANSACTION ISOLATION LEVEL). */
    public enum Isolation {
        /**
         * What is committed when a row is read: a row that is moved meanwhile may be seen twice or not at all, unless the database has
         * {@code READ_COMMITTED_SNAPSHOT} on, which operators of sources that change should set.
         */
        READ_COMMITTED("READ COMMITTED"),
        /** The data as of the first read, as in PostgreSQL; the database must allow it ({@code ALLOW_SNAPSHOT_ISOLATION}). */
        SNAPSHOT("SNAPSHOT");

        private final String sql;

        Isolation(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    public SqlServerSourceConfig {
        if (user.isBlank()) {
            throw new IllegalArgumentException("a source needs a user");
        }
        if (limits.connectTimeout().compareTo(SHORTEST_CONNECT) < 0) {
            throw new IllegalArgumentException("the connect time-out of a source is at least 250 ms");
        }
        if (longestStatement.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("the longest statement of a source is at least 1 ms");
        }
    }

    /** With read committed, four connections a project, 64 pools, three seconds to connect and five minutes a statement. */
    public static SqlServerSourceConfig of(SqlServerAddress address, String user, Secret password, ServerTrust trust) {
        return new SqlServerSourceConfig(
                address,
                user,
                password,
                trust,
                Isolation.READ_COMMITTED,
                new PoolLimits(4, 64, Duration.ofSeconds(3)),
                Duration.ofMinutes(5));
    }
}
