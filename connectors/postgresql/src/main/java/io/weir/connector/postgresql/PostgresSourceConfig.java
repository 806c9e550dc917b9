package io.weir.connector.postgresql;

import io.weir.connector.Secret;
import java.time.Duration;

/**
 * Where a source is and how it is used.
 *
 * @param url {@code jdbc:postgresql://host[:port][,host:port]/database}, no credentials; of properties only {@code targetServerType},
 *     {@code hostRecheckSeconds}, {@code loadBalanceHosts} and {@code tcpKeepAlive} are taken
 * @param user a role that can read only; it must log in by SCRAM-SHA-256
 * @param password its password
 * @param trust how the server proves itself
 * @param connectionsPerPool connections of one project at most
 * @param pools pools at most; beyond it the longest unused idle pool is closed
 * @param connectTimeout for a connection to be had, 250 ms or more
 * @param longestStatement upper bound of every statement's time-out, also set at the server as the last resort
 */
public record PostgresSourceConfig(
        String url,
        String user,
        Secret password,
        ServerTrust trust,
        int connectionsPerPool,
        int pools,
        Duration connectTimeout,
        Duration longestStatement) {
    private static final Duration SHORTEST_CONNECT = Duration.ofMillis(250);

    public PostgresSourceConfig {
        PostgresAddress.parse(url);
        if (user.isBlank()) {
            throw new IllegalArgumentException("a source needs a user");
        }
        if (connectionsPerPool < 1 || pools < 1) {
            throw new IllegalArgumentException("a source needs at least one connection and one pool");
        }
        if (connectTimeout.compareTo(SHORTEST_CONNECT) < 0) {
            throw new IllegalArgumentException("the connect time-out of a source is at least 250 ms");
        }
        if (longestStatement.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("the longest statement of a source is at least 1 ms");
        }
    }

    /** With four connections a project, 64 pools, three seconds to connect and five minutes a statement. */
    public static PostgresSourceConfig of(String url, String user, Secret password, ServerTrust trust) {
        return new PostgresSourceConfig(
                url, user, password, trust, 4, 64, Duration.ofSeconds(3), Duration.ofMinutes(5));
    }
}
