package io.weir.connector.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.weir.connector.source.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** One pool a project, made when first asked for, bounded in number. Thread-safe. */
final class ProjectPools implements AutoCloseable {
    private static final long IDLE_MILLIS = 120_000;
    private static final long LIFE_MILLIS = 1_800_000;

    private final DataSource connections;
    private final PoolLimits limits;
    private final Map<String, Pool> pools = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final AtomicLong uses = new AtomicLong();
    private final ScheduledThreadPoolExecutor housekeeper;
    private volatile boolean closed;

    ProjectPools(DataSource connections, PoolLimits limits) {
        this.connections = connections;
        this.limits = limits;
        this.housekeeper = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("weir-source-pools").factory());
        this.housekeeper.setRemoveOnCancelPolicy(true);
    }

    /**
     * A connection of that project's pool. Give it back by exactly one of the methods of {@link Lease}.
     *
     * @param patience how long to wait while others have all connections
     */
    Lease lease(String name, String holder, Duration patience) throws SourceException {
        Pool pool = enter(name);
        boolean admitted = false;
        try {
            admitted = pool.gate.enter(holder, patience.toNanos());
        } catch (InterruptedException e) {
            throw new SourceException(SourceException.Kind.CANCELLED, "interrupted while waiting for a connection", e);
        } finally {
            if (!admitted) {
                pool.leave();
            }
        }
        if (!admitted) {
            throw new SourceException(
                    SourceException.Kind.BUSY, "no connection of the pool was free for " + patience.toMillis() + " ms");
        }
        try {
            return new Lease(pool, holder, pool.source.getConnection());
        } catch (SQLException e) {
            pool.leave(holder);
            if (Thread.interrupted()) {
                throw new SourceException(
                        SourceException.Kind.CANCELLED, "interrupted while waiting for a connection", e);
            }
            throw new SourceException(SourceException.Kind.UNAVAILABLE, "no connection to the source could be had", e);
        }
    }

    private Pool enter(String name) throws SourceException {
        while (!closed) {
            Pool pool = pools.get(name);
            if (pool == null) {
                pool = create(name);
            }
            if (pool.enter(uses.incrementAndGet())) {
                return pool;
            }
        }
        throw new SourceException(SourceException.Kind.UNAVAILABLE, "the source connector is closed");
    }

    private Pool create(String name) throws SourceException {
        changing.lock();
        try {
            Pool existing = pools.get(name);
            if (existing != null) {
                return existing;
            }
            if (pools.size() >= limits.pools()) {
                retireOne();
            }
            Pool created = new Pool(name, new HikariDataSource(settings(name)));
            pools.put(name, created);
            return created;
        } finally {
            changing.unlock();
        }
    }

    private void retireOne() throws SourceException {
        Optional<Pool> idle = pools.values().stream()
                .sorted(Comparator.comparingLong(pool -> pool.lastUse))
                .filter(Pool::retire)
                .findFirst();
        if (idle.isEmpty()) {
            throw new SourceException(SourceException.Kind.UNAVAILABLE, "all pools of the source are in use");
        }
        pools.remove(idle.get().name);
        idle.get().source.close();
    }

    private HikariConfig settings(String name) {
        HikariConfig settings = new HikariConfig();
        settings.setDataSource(connections);
        settings.setPoolName("weir-" + name.replaceAll("[^A-Za-z0-9_-]", "_"));
        settings.setMaximumPoolSize(limits.connectionsPerPool());
        settings.setMinimumIdle(0);
        settings.setIdleTimeout(IDLE_MILLIS);
        settings.setMaxLifetime(LIFE_MILLIS);
        settings.setConnectionTimeout(limits.connectTimeout().toMillis());
        settings.setValidationTimeout(Math.min(1_000, limits.connectTimeout().toMillis()));
        settings.setInitializationFailTimeout(-1);
        settings.setAutoCommit(false);
        settings.setReadOnly(true);
        settings.setScheduledExecutor(housekeeper);
        return settings;
    }

    @Override
    public void close() {
        closed = true;
        changing.lock();
        try {
            for (Pool pool : pools.values()) {
                pool.source.close();
            }
            pools.clear();
        } finally {
            changing.unlock();
        }
        housekeeper.shutdownNow();
    }

    /** A pool and how many callers are in it; minus one when retired. */
    private static final class Pool {
        private final String name;
        private final HikariDataSource source;
        private final PoolGate gate;
        private final AtomicInteger callers = new AtomicInteger();
        private volatile long lastUse;

        Pool(String name, HikariDataSource source) {
            this.name = name;
            this.source = source;
            this.gate = new PoolGate(source.getMaximumPoolSize());
        }

        boolean enter(long use) {
            lastUse = use;
            return callers.updateAndGet(count -> count < 0 ? count : count + 1) > 0;
        }

        void leave() {
            callers.decrementAndGet();
        }

        void leave(String holder) {
            gate.leave(holder);
            leave();
        }

        boolean retire() {
            return callers.compareAndSet(0, -1);
        }
    }

    /** A borrowed connection. */
    static final class Lease {
        private final Pool pool;
        private final String holder;
        private final Connection connection;

        private Lease(Pool pool, String holder, Connection connection) {
            this.pool = pool;
            this.holder = holder;
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        /** Gives the connection back for others; the caller has rolled back. */
        void giveBack() {
            try {
                connection.close();
            } catch (SQLException e) {
                pool.source.evictConnection(connection);
            } finally {
                pool.leave(holder);
            }
        }

        /** Gives the connection back to be closed. */
        void discard() {
            try {
                pool.source.evictConnection(connection);
            } finally {
                pool.leave(holder);
            }
        }
    }
}
