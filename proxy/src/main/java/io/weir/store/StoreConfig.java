package io.weir.store;

import java.time.Duration;

/**
 * How to reach the control store. Prints without the password.
 *
 * @param url JDBC URL of a PostgreSQL database of our own, without credentials
 * @param user role that owns the schema
 * @param password its password
 * @param poolSize connections, at least 2: a change needs two, one after the other
 * @param connectTimeout how long a call waits for a connection before the store counts as unavailable, at least 250 ms
 */
public record StoreConfig(String url, String user, String password, int poolSize, Duration connectTimeout) {
    public StoreConfig {
        if (poolSize < 2 || connectTimeout.toMillis() < 250) {
            throw new IllegalArgumentException("the control store needs 2 connections and 250 ms or more");
        }
    }

    /** With a pool of 8 and 5 s. */
    public static StoreConfig of(String url, String user, String password) {
        return new StoreConfig(url, user, password, 8, Duration.ofSeconds(5));
    }

    @Override
    public String toString() {
        return "StoreConfig[url=%s, user=%s, password=***, poolSize=%d]".formatted(url, user, poolSize);
    }
}
