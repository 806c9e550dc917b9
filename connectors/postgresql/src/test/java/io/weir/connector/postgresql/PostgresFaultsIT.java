package io.weir.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.Secret;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.testkit.TestCertificate;
import io.weir.connector.testkit.ToxicRelay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is away, comes back, hangs, or is not who it should be. */
class PostgresFaultsIT extends OnTestServer {
    private PostgresSourceConfig config(int port, String password, ServerTrust trust) {
        return new PostgresSourceConfig(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                TestServer.USER,
                Secret.of(password),
                trust,
                2,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20));
    }

    private PostgresSourceConfig plain(int port) {
        return config(port, TestServer.PASSWORD, new ServerTrust.Plaintext());
    }

    private static Object one(PostgresSourceConnector connector, String sql, Duration timeout) throws SourceException {
        try (RowStream rows = connector.open(new SourceStatement("p", sql, List.of(), 0, timeout))) {
            assertThat(rows.next()).isTrue();
            return java.util.Objects.requireNonNull(rows.value(0));
        }
    }

    private static void assertRefused(
            PostgresSourceConnector connector, String sql, Duration timeout, SourceException.Kind kind, long millis) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> one(connector, sql, timeout))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(millis);
    }

    @Test
    void aSourceThatIsDownIsUnavailableInTime() throws Exception {
        int port;
        try (ToxicRelay relay = new ToxicRelay(server.port())) {
            port = relay.port();
        }
        try (PostgresSourceConnector connector = new PostgresSourceConnector(plain(port))) {
            assertRefused(connector, "SELECT 1", Duration.ofSeconds(10), SourceException.Kind.UNAVAILABLE, 4_000);
            assertThatThrownBy(connector::probe)
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
        }
    }

    @Test
    void aWrongPasswordIsUnavailableAndNotQuoted() {
        try (PostgresSourceConnector connector =
                new PostgresSourceConnector(config(server.port(), "hunter2-wrong", new ServerTrust.Plaintext()))) {
            assertThatThrownBy(connector::probe).isInstanceOfSatisfying(SourceException.class, e -> {
                assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE);
                assertThat(e).hasMessageNotContaining("hunter2");
                assertThat(String.valueOf(e.getCause())).doesNotContain("hunter2");
            });
            assertRefused(connector, "SELECT 1", Duration.ofSeconds(10), SourceException.Kind.UNAVAILABLE, 4_000);
        }
    }

    @Tag("S6")
    @Test
    void aServerThatAsksForNoPasswordIsNotTrusted() {
        // The superuser of the test is let in without one: so could an impostor let us in.
        PostgresSourceConfig config = server.config();
        try (PostgresSourceConnector connector = new PostgresSourceConnector(new PostgresSourceConfig(
                config.url(),
                "postgres",
                config.password(),
                config.trust(),
                config.connectionsPerPool(),
                config.pools(),
                config.connectTimeout(),
                config.longestStatement()))) {
            assertThatThrownBy(connector::probe).isInstanceOf(SourceException.class);
        }
    }

    @Test
    void aRestartedSourceIsUsedAgainWithoutAnErrorToTheCaller() throws Exception {
        try (PostgresSourceConnector connector = new PostgresSourceConnector(server.config())) {
            assertThat(one(connector, "SELECT 1", Duration.ofSeconds(10))).isEqualTo(1);
            server.stop();
            try {
                assertRefused(connector, "SELECT 1", Duration.ofSeconds(10), SourceException.Kind.UNAVAILABLE, 6_000);
            } finally {
                server.start();
            }
            assertThat(one(connector, "SELECT 2", Duration.ofSeconds(10))).isEqualTo(2);
            server.stop();
            server.start();
            assertThat(one(connector, "SELECT 3", Duration.ofSeconds(10))).isEqualTo(3);
        }
    }

    @Test
    void aSourceThatHangsIsATimeOutInTime() throws Exception {
        try (ToxicRelay relay = new ToxicRelay(server.port());
                PostgresSourceConnector connector = new PostgresSourceConnector(plain(relay.port()))) {
            assertThat(one(connector, "SELECT 1", Duration.ofSeconds(10))).isEqualTo(1);
            relay.freeze();
            assertRefused(connector, "SELECT 2", Duration.ofMillis(300), SourceException.Kind.TIME_OUT, 2_500);
            relay.heal();
            assertThat(one(connector, "SELECT 3", Duration.ofSeconds(10))).isEqualTo(3);
        }
    }

    @Test
    void aSourceThatHangsWhenTheStreamIsClosedDoesNotHoldTheCaller() throws Exception {
        try (ToxicRelay relay = new ToxicRelay(server.port());
                PostgresSourceConnector connector = new PostgresSourceConnector(plain(relay.port()))) {
            RowStream rows = connector.open(new SourceStatement("p", "SELECT 1", List.of(), 0, Duration.ofSeconds(10)));
            relay.freeze();
            long start = System.nanoTime();
            rows.close();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3_000);
            relay.heal();
            assertThat(one(connector, "SELECT 3", Duration.ofSeconds(10))).isEqualTo(3);
        }
    }

    @Test
    void aConnectionCutInTheMiddleIsUnavailable() throws Exception {
        try (ToxicRelay relay = new ToxicRelay(server.port());
                PostgresSourceConnector connector = new PostgresSourceConnector(plain(relay.port()))) {
            assertThat(one(connector, "SELECT 1", Duration.ofSeconds(10))).isEqualTo(1);
            relay.cutAfter(0);
            assertRefused(connector, "SELECT 2", Duration.ofSeconds(10), SourceException.Kind.UNAVAILABLE, 6_000);
            relay.heal();
            assertThat(one(connector, "SELECT 3", Duration.ofSeconds(10))).isEqualTo(3);
        }
    }

    @Tag("S14")
    @Test
    void onlyACertificateOfAKnownAuthorityForTheRightHostIsBelieved(@TempDir Path home) throws Exception {
        TestCertificate own = TestCertificate.make(Files.createDirectory(home.resolve("own")));
        TestCertificate other = TestCertificate.make(Files.createDirectory(home.resolve("other")));
        try (TestServer tls = new TestServer(Files.createDirectory(home.resolve("server")), own)) {
            try (PostgresSourceConnector connector = new PostgresSourceConnector(
                    config(tls.port(), TestServer.PASSWORD, new ServerTrust.VerifyFull(own.certificatePem())))) {
                connector.probe();
                assertThat(one(
                                connector,
                                "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                                Duration.ofSeconds(10)))
                        .isEqualTo(true);
            }
            for (ServerTrust trust :
                    List.of(new ServerTrust.VerifyFull(other.certificatePem()), new ServerTrust.VerifyFull(null))) {
                try (PostgresSourceConnector connector =
                        new PostgresSourceConnector(config(tls.port(), TestServer.PASSWORD, trust))) {
                    assertThatThrownBy(connector::probe)
                            .isInstanceOfSatisfying(
                                    SourceException.class,
                                    e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
                }
            }
        }
    }

    @Tag("S14")
    @Test
    void aServerWithoutTlsIsNotUsedWhereTlsIsAsked(@TempDir Path home) throws Exception {
        TestCertificate own = TestCertificate.make(home);
        try (PostgresSourceConnector connector = new PostgresSourceConnector(
                config(server.port(), TestServer.PASSWORD, new ServerTrust.VerifyFull(own.certificatePem())))) {
            assertThatThrownBy(connector::probe).isInstanceOf(SourceException.class);
        }
    }
}
