package io.weir.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One PostgreSQL 16 cluster for all tests of a JVM, on loopback with SCRAM; started on first use, about a second. Each test asks for
 * databases of its own (60 ms).
 *
 * <p>Nothing stays behind: the server ends with the JVM, killed or not (see {@link PostgresCluster}); a shutdown hook removes its files,
 * and the files of a killed JVM are removed by the next one.
 */
public final class TestPostgres {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private TestPostgres() {}

    private static final class Shared {
        static final PostgresCluster CLUSTER = start();
    }

    /** A database of a test's own, and how its superuser connects with pgjdbc. */
    public record TestDatabase(String name, String url, String user, String password) {
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        /** Runs statements as the superuser. */
        public void run(String... statements) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** The shared cluster; do not close it. */
    public static PostgresCluster cluster() {
        return Shared.CLUSTER;
    }

    /** A new, empty database. */
    public static TestDatabase createDatabase() throws SQLException {
        PostgresCluster cluster = cluster();
        String name = "test_" + COUNTER.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(
                        cluster.jdbcUrl("postgres"),
                        cluster.superuser(),
                        cluster.superuserPassword().value());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 STRATEGY file_copy");
        }
        return new TestDatabase(
                name,
                cluster.jdbcUrl(name),
                cluster.superuser(),
                cluster.superuserPassword().value());
    }

    /** Where tests unpack the server's programs: shared by all builds of this account. */
    public static Path binariesCache() {
        return home().resolve("binaries");
    }

    /** A directory for one more cluster's files, short enough for a socket; removed when the JVM ends. */
    public static Path temporaryDirectory() {
        return temporaryDirectory(() -> {});
    }

    /** The same; what still uses the directory when the JVM ends is stopped first. */
    public static Path temporaryDirectory(Runnable stop) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(home().resolve("run")), "c");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop.run();
                try {
                    Directories.delete(directory);
                } catch (IOException e) {
                    System.err.println("left behind: " + directory);
                }
            }));
            return directory;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("java.io.tmpdir"), "weir-test-" + System.getProperty("user.name"));
    }

    private static PostgresCluster start() {
        try {
            sweep();
            Path directory = Files.createTempDirectory(Files.createDirectories(home().resolve("run")), "c");
            PostgresCluster cluster = PostgresCluster.start(
                    ClusterConfig.disposable(
                            directory.resolve("data"), binariesCache(), new ClusterConfig.Listen.Loopback(0)),
                    new SecureRandom());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cluster.close();
                try {
                    Directories.delete(directory);
                } catch (IOException e) {
                    System.err.println("left behind: " + directory);
                }
            }));
            return cluster;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes directories of killed JVMs: those whose lock nobody holds. */
    private static void sweep() throws IOException {
        Path run = Files.createDirectories(home().resolve("run"));
        List<Path> directories;
        try (Stream<Path> list = Files.list(run)) {
            directories = list.toList();
        }
        for (Path directory : directories) {
            Path lockFile = directory.resolve("data.lock");
            if (!Files.exists(lockFile)) {
                continue;
            }
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null && !Files.exists(directory.resolve("data/postmaster.pid"))) {
                    Directories.delete(directory);
                }
            } catch (IOException e) {
                System.err.println("cannot remove " + directory + ": " + e.getMessage());
            }
        }
    }
}
