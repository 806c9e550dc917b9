package io.weir.connector.jdbc;

import java.time.Duration;

/**
 * How many connections a source is asked for.
 *
 * @param connectionsPerPool connections of one project at most
 * @param pools pools at most; beyond it the longest unused idle pool is closed
 * @param connectTimeout for a connection to be had
 */
public record PoolLimits(int connectionsPerPool, int pools, Duration connectTimeout) {
    public PoolLimits {
        if (connectionsPerPool < 1 || pools < 1) {
            throw new IllegalArgumentException("a source needs at least one connection and one pool");
        }
        if (connectTimeout.isZero() || connectTimeout.isNegative()) {
            throw new IllegalArgumentException("a connection needs time to be had");
        }
    }
}
