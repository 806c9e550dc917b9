package io.weir.embedded;

import io.weir.embedded.ClusterConfig.Listen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running PostgreSQL server of our own. Thread-safe.
 *
 * <p>The server dies with us: it is started through a shell that holds the reading end of a pipe whose writing end only this process has.
 * When this process ends, however it ends, the pipe closes and the shell asks the server for a fast shutdown (SIGINT). {@link #close}
 * uses the same way.
 */
public final class PostgresCluster implements AutoCloseable {
    /** The watcher is a grandchild: the postmaster would take the end of a child of its own for the crash of a backend. */
    private static final String WATCHED = """
            d=$1; [ "$2" = unlimited ] || ulimit -v "$2" || exit 1; shift 2
            exec 3<&0
            ( ( read -r _ <&3
                grep -qaF -- "$d" /proc/$$/cmdline && kill -INT $$ ) >/dev/null 2>&1 & )
            exec 3<&-
            exec "$@" </dev/null
            """;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final Process process;
    private final DataDirectory directory;
    private final Endpoint endpoint;
    private final String superuser;
    private final SuperuserPassword password;

    private PostgresCluster(
            Process process, DataDirectory directory, Endpoint endpoint, String superuser, SuperuserPassword password) {
        this.process = process;
        this.directory = directory;
        this.endpoint = endpoint;
        this.superuser = superuser;
        this.password = password;
    }

    /** Where a cluster listens. */
    public sealed interface Endpoint {
        /** @param path the socket file */
        record Socket(Path path) implements Endpoint {}

        /** @param port on 127.0.0.1 */
        record Tcp(int port) implements Endpoint {}
    }

    /**
     * Unpacks, initialises and starts what is needed, and returns when the server accepts connections: about 5 s the very first time, 1 s
     * for a new data directory, 0.2 s for an existing one.
     *
     * @throws EmbeddedPostgresException with a message for the operator
     */
    public static PostgresCluster start(ClusterConfig config, SecureRandom random) {
        RunAs identity = RunAs.detect();
        Path home = PostgresBinaries.unpack(config.binariesCache());
        try {
            DataDirectory directory = DataDirectory.lock(config.dataDirectory());
            try {
                directory.clearOrphan();
                if (config.freshData()) {
                    directory.discard();
                }
                directory.initialise(home, identity, config.superuser(), random);
                return launch(config, home, identity, directory);
            } catch (IOException | InterruptedException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "cannot start PostgreSQL in " + config.dataDirectory() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while PostgreSQL started", e);
        }
    }

    private static PostgresCluster launch(ClusterConfig config, Path home, RunAs identity, DataDirectory directory)
            throws IOException, InterruptedException {
        Endpoint endpoint = switch (config.listen()) {
            case Listen.UnixSocket(Path socketDirectory) -> socket(socketDirectory, identity);
            case Listen.Loopback(int port) -> new Endpoint.Tcp(port == 0 ? freePort() : port);
        };
        Files.writeString(directory.path().resolve("pg_hba.conf"), hostBasedAccess(endpoint));
        List<String> server = new ArrayList<>();
        server.add(home.resolve("bin/postgres").toString());
        server.add("-D");
        server.add(directory.path().toString());
        settings(config, endpoint).forEach((name, value) -> {
            server.add("-c");
            server.add(name + "=" + value);
        });
        String memory = config.memoryMegabytes() == 0 ? "unlimited" : String.valueOf(config.memoryMegabytes() * 1024L);
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", WATCHED, "sh", directory.path().toString(), memory));
        command.addAll(identity.wrap(server));
        if (Files.exists(directory.log())) {
            Files.move(
                    directory.log(),
                    directory.log().resolveSibling(directory.log().getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.log().toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        PostgresCluster cluster =
                new PostgresCluster(process, directory, endpoint, config.superuser(), directory.password());
        try {
            cluster.awaitReady(config.startTimeout());
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.stop(Duration.ofSeconds(2));
            throw e;
        }
        return cluster;
    }

    private static Endpoint socket(Path socketDirectory, RunAs identity) throws IOException {
        Directories.makePrivate(socketDirectory);
        identity.own(socketDirectory);
        Path file = socketDirectory.resolve(".s.PGSQL.5432");
        if (file.toString().getBytes(StandardCharsets.UTF_8).length > 107) {
            throw new EmbeddedPostgresException("the socket path " + file + " is longer than 107 bytes");
        }
        return new Endpoint.Socket(file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String hostBasedAccess(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Socket ignored -> "local all all trust\n";
            case Endpoint.Tcp ignored -> "host all all 127.0.0.1/32 scram-sha-256\n";
        };
    }

    private static Map<String, String> settings(ClusterConfig config, Endpoint endpoint) {
        Map<String, String> all = new TreeMap<>(config.settings());
        all.put("password_encryption", "scram-sha-256");
        all.put("logging_collector", "off");
        all.put("log_destination", "stderr");
        switch (endpoint) {
            case Endpoint.Socket(Path path) -> {
                all.put("listen_addresses", "");
                all.put("unix_socket_directories", String.valueOf(path.getParent()));
                all.put("unix_socket_permissions", "0700");
                all.put("port", "5432");
            }
            case Endpoint.Tcp(int port) -> {
                all.put("listen_addresses", "127.0.0.1");
                all.put("unix_socket_directories", "");
                all.put("port", Integer.toString(port));
            }
        }
        return all;
    }

    private void awaitReady(Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!directory.isReady(process.pid())) {
            if (!process.isAlive()) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL ended while starting, its log ends with: " + DataDirectory.tail(directory.log()));
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedPostgresException("PostgreSQL was not ready after " + timeout.toSeconds()
                        + " s, its log ends with: " + DataDirectory.tail(directory.log()));
            }
            Thread.sleep(10);
        }
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public String superuser() {
        return superuser;
    }

    public SuperuserPassword superuserPassword() {
        return password;
    }

    /** URL for pgjdbc, without credentials; only for clusters on loopback. */
    public String jdbcUrl(String database) {
        return switch (endpoint) {
            case Endpoint.Tcp(int port) -> "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
            case Endpoint.Socket ignored ->
                throw new EmbeddedPostgresException("pgjdbc reaches only clusters on loopback");
        };
    }

    /** Process id of the postmaster. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the server has ended, for whatever reason. */
    public CompletableFuture<Void> onExit() {
        return process.onExit().thenApply(ignored -> null);
    }

    /** Fast shutdown (sessions are cut, data is safe); after 15 s the server is killed. Returns when it is gone. */
    @Override
    public void close() {
        stop(STOP_TIMEOUT);
    }

    private void stop(Duration patience) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            directory.close();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot stop PostgreSQL cleanly", e);
        }
    }
}
