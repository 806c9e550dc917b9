package io.weir.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool, migrated to the newest schema. Thread-safe. */
public final class ControlStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlStore.class);

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private ControlStore(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Connects and migrates.
     *
     * @throws ProblemException with {@code STORE_UNAVAILABLE} when the database does not answer or its schema is not one of ours
     */
    public static ControlStore open(StoreConfig config) {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(hikari(config));
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            return new ControlStore(pool);
        } catch (FlywayException | HikariPool.PoolInitializationException e) {
            if (pool != null) {
                pool.close();
            }
            throw unavailable(e);
        }
    }

    private static HikariConfig hikari(StoreConfig config) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("control-store");
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.poolSize());
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(config.connectTimeout().toMillis());
        hikari.setInitializationFailTimeout(config.connectTimeout().toMillis());
        hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        hikari.addDataSourceProperty("ApplicationName", "weir control store");
        hikari.addDataSourceProperty("socketTimeout", "30");
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.setConnectionInitSql("SET lock_timeout = '10s'; SET statement_timeout = '30s'; SET TIME ZONE 'UTC'");
        return hikari;
    }

    /** Reads, through interrupts. Failures are {@code STORE_UNAVAILABLE}; their cause is logged here. */
    public <T> T read(Function<Handle, T> work) {
        return UninterruptedCall.of(() -> {
            try {
                return jdbi.withHandle(work::apply);
            } catch (JdbiException e) {
                throw unavailable(e);
            }
        });
    }

    /** Writes of a change that has an audit record: all or nothing, and never cut by an interrupt of the caller. */
    <T> T change(Function<Handle, T> work) {
        return UninterruptedCall.of(() -> write(work));
    }

    /** Writes that need no audit record: leases, replayed answers, remembered blocks. All or nothing. */
    public <T> T write(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    /** Whether the database answers now; for health pages. */
    public boolean alive() {
        try {
            return read(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (ProblemException e) {
            return false;
        }
    }

    static ProblemException unavailable(Exception cause) {
        StoreFailure kept = StoreFailure.of(cause);
        LOG.warn("control store: {}", kept.getMessage());
        return new ProblemException(Problem.of(ProblemCode.STORE_UNAVAILABLE), kept);
    }

    @Override
    public void close() {
        pool.close();
    }
}
