package io.weir.connector.postgresql;

import io.weir.connector.Secret;
import io.weir.connector.testkit.TestCertificate;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL on loopback with one read-only role that logs in by SCRAM. Can be stopped and started again on its port. */
final class TestServer implements AutoCloseable {
    static final String USER = "reader";
    static final String PASSWORD = "reads-only-1";
    private static final String DATABASE = "postgres";

    private final Path home;
    private final @Nullable TestCertificate certificate;
    private EmbeddedPostgres server;
    private final int port;

    TestServer(Path home) throws IOException, SQLException {
        this(home, null);
    }

    TestServer(Path home, @Nullable TestCertificate certificate) throws IOException, SQLException {
        this.home = home;
        this.certificate = certificate;
        this.server = builder(0).start();
        this.port = server.getPort();
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'");
            Files.writeString(home.resolve("data/pg_hba.conf"), """
                    host all postgres 127.0.0.1/32 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    """);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private EmbeddedPostgres.Builder builder(int fixedPort) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(home.resolve("data"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(home.resolve("bin").toFile())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "40");
        if (certificate != null) {
            builder.setServerConfig("ssl", "on")
                    .setServerConfig(
                            "ssl_cert_file", certificate.certificatePem().toString())
                    .setServerConfig("ssl_key_file", certificate.keyPem().toString());
        }
        return fixedPort == 0 ? builder : builder.setPort(fixedPort);
    }

    /** As the superuser, to prepare tables and to look on. */
    Connection admin() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    int port() {
        return port;
    }

    PostgresSourceConfig config() {
        return new PostgresSourceConfig(
                url(),
                USER,
                Secret.of(PASSWORD),
                new ServerTrust.Plaintext(),
                2,
                3,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20));
    }

    void stop() throws IOException {
        server.close();
    }

    void start() throws IOException {
        server = builder(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
