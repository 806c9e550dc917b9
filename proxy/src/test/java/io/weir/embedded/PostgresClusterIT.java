package io.weir.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.embedded.ClusterConfig.Listen;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PostgresClusterIT {
    private final SecureRandom random = new SecureRandom();

    private static ClusterConfig config(Path base) {
        return ClusterConfig.disposable(base.resolve("data"), TestPostgres.binariesCache(), new Listen.Loopback(0));
    }

    private static Connection connect(PostgresCluster cluster, String password) throws SQLException {
        return DriverManager.getConnection(cluster.jdbcUrl("postgres"), cluster.superuser(), password);
    }

    @Test
    void dataSurvivesARestartAndTheSecondStartIsQuick() throws SQLException {
        Path base = TestPostgres.temporaryDirectory();
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random);
                Connection connection =
                        connect(cluster, cluster.superuserPassword().value());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE keep AS SELECT 7 AS x");
        }
        long begin = System.nanoTime();
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random)) {
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isLessThan(3000);
            try (Connection connection =
                            connect(cluster, cluster.superuserPassword().value());
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT x, current_setting('server_version_num')::int / 10000 FROM keep")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(7);
                assertThat(row.getInt(2)).isEqualTo(16);
            }
        }
    }

    @Test
    void loopbackRefusesAWrongPasswordAndNobodyIsTrusted() {
        PostgresCluster cluster = TestPostgres.cluster();
        assertThatThrownBy(() -> connect(cluster, "wrong").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(cluster.superuserPassword().toString()).isEqualTo("***");
    }

    @Test
    void aUnixSocketClusterHasAPrivateDirectoryAndNoTcp() throws IOException {
        Path base = TestPostgres.temporaryDirectory();
        ClusterConfig config = ClusterConfig.disposable(
                base.resolve("data"), TestPostgres.binariesCache(), new Listen.UnixSocket(base.resolve("s")));
        try (PostgresCluster cluster = PostgresCluster.start(config, random)) {
            assertThat(cluster.endpoint()).isInstanceOf(PostgresCluster.Endpoint.Socket.class);
            Path file = ((PostgresCluster.Endpoint.Socket) cluster.endpoint()).path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("s"))))
                    .isEqualTo("rwx------");
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(channel.connect(UnixDomainSocketAddress.of(file))).isTrue();
            }
            assertThatThrownBy(() -> cluster.jdbcUrl("postgres")).isInstanceOf(EmbeddedPostgresException.class);
            String log = Files.readString(base.resolve("data.log"));
            assertThat(log).contains("listening on Unix socket").doesNotContain("listening on IPv4");
        }
    }

    @Test
    void aDirectoryInUseIsRefused() {
        Path base = TestPostgres.temporaryDirectory();
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random)) {
            assertThat(cluster.isAlive()).isTrue();
            assertThatThrownBy(() -> PostgresCluster.start(config(base), random))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aServerThatDoesNotComeUpSaysWhy() {
        Path base = TestPostgres.temporaryDirectory();
        assertThatThrownBy(() -> PostgresCluster.start(config(base).with("shared_buffers", "nonsense"), random))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("shared_buffers");
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random)) {
            assertThat(cluster.isAlive()).isTrue();
        }
    }

    @Test
    void aForeignClusterIsNotTouched() throws IOException {
        Path base = TestPostgres.temporaryDirectory();
        Path data = Files.createDirectories(base.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "16\n");
        assertThatThrownBy(() -> PostgresCluster.start(config(base), random))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("not one of Weir's");
    }

    @Test
    void aKilledServerLeavesAStalePidFileAndTheNextStartRecovers() throws Exception {
        Path base = TestPostgres.temporaryDirectory();
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random)) {
            ProcessHandle.of(cluster.pid()).orElseThrow().destroyForcibly();
            cluster.onExit().get(10, TimeUnit.SECONDS);
            assertThat(cluster.isAlive()).isFalse();
        }
        assertThat(base.resolve("data/postmaster.pid")).exists();
        Files.writeString(
                base.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\nnot ours\n");
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random)) {
            assertThat(cluster.isAlive()).isTrue();
        }
    }

    @Test
    void theServerEndsWhenItsJvmIsKilled() throws Exception {
        Path base = TestPostgres.temporaryDirectory();
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndHangs.class.getName(),
                        base.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(jvm.inputReader().readLine());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        assertThat(server.isAlive()).isTrue();
        jvm.destroyForcibly().waitFor();
        server.onExit().get(20, TimeUnit.SECONDS);
        try (PostgresCluster cluster = PostgresCluster.start(config(base), random)) {
            assertThat(cluster.isAlive()).isTrue();
        }
    }

    /** The other JVM of the test above. */
    static final class StartsAndHangs {
        private StartsAndHangs() {}

        public static void main(String[] arguments) throws InterruptedException {
            PostgresCluster cluster = PostgresCluster.start(config(Path.of(arguments[0])), new SecureRandom());
            System.out.println(cluster.pid());
            Thread.sleep(600_000);
            cluster.close();
        }
    }
}
