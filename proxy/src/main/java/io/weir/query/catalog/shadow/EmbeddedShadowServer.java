package io.weir.query.catalog.shadow;

import io.weir.embedded.ClusterConfig;
import io.weir.embedded.EmbeddedPostgresException;
import io.weir.embedded.PostgresCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of our own behind a private Unix socket. Its files are made anew at each start: everything in it can be derived again, so
 * nothing is written synchronously and nothing has to be repaired.
 */
public final class EmbeddedShadowServer implements ShadowServer {
    private final ClusterConfig config;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable PostgresCluster cluster;
    private long generation;
    private boolean closed;

    /**
     * @param stateDirectory for data and socket; short, for a socket's path has at most 107 bytes
     * @param binariesCache see {@link ClusterConfig}
     */
    public EmbeddedShadowServer(Path stateDirectory, Path binariesCache, SecureRandom random) {
        this.config = ClusterConfig.disposable(
                        stateDirectory.resolve("shadow"),
                        binariesCache,
                        new ClusterConfig.Listen.UnixSocket(stateDirectory.resolve("s")))
                .with("max_connections", "200")
                .with("max_prepared_transactions", "0")
                .with("client_connection_check_interval", "5s")
                .with("temp_file_limit", "65536")
                .with("work_mem", "4MB")
                .with("superuser_reserved_connections", "5")
                .withSuperuser(ShadowCatalogue.SUPERUSER)
                .withMemoryLimit(768)
                .withFreshData();
        this.random = random;
    }

    @Override
    public Running ensureRunning() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the shadow catalogue is closed");
            }
            PostgresCluster running = cluster;
            if (running == null || !running.isAlive()) {
                if (running != null) {
                    running.close();
                }
                running = PostgresCluster.start(config, random);
                cluster = running;
                generation++;
            }
            return switch (running.endpoint()) {
                case PostgresCluster.Endpoint.Socket(Path path) ->
                    new Running(new BackendAddress.Unix(path), running.superuser(), "", generation);
                case PostgresCluster.Endpoint.Tcp(int port) ->
                    new Running(
                            new BackendAddress.Tcp("127.0.0.1", port),
                            running.superuser(),
                            running.superuserPassword().value(),
                            generation);
            };
        } catch (EmbeddedPostgresException e) {
            throw new IOException("the shadow catalogue does not start", e);
        } finally {
            lock.unlock();
        }
    }

    /** Process id of the running server, for tests that kill it. */
    long pid() {
        PostgresCluster running = cluster;
        return running == null ? -1 : running.pid();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
