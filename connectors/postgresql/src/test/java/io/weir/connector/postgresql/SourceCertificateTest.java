package io.weir.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.Secret;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.testkit.LyingPostgres;
import io.weir.connector.testkit.LyingPostgres.Talk;
import io.weir.connector.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose certificate is believed, at the first connection and at every later one. */
class SourceCertificateTest {
    private static final String PASSWORD = "reads-only-1";

    @TempDir
    Path home;

    private static PostgresSourceConfig config(String host, int port, Path authority) {
        return new PostgresSourceConfig(
                "jdbc:postgresql://" + host + ":" + port + "/postgres",
                "reader",
                Secret.of(PASSWORD),
                new ServerTrust.VerifyFull(authority),
                2,
                2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20));
    }

    private static Object one(PostgresSourceConnector connector) throws SourceException {
        try (RowStream rows =
                connector.open(new SourceStatement("p", "SELECT 1", List.of(), 0, Duration.ofSeconds(5)))) {
            assertThat(rows.next()).isTrue();
            return java.util.Objects.requireNonNull(rows.value(0));
        }
    }

    private static LyingPostgres serving(TestCertificate certificate) throws IOException {
        return new LyingPostgres(talk -> {
            talk.startupOverTls(certificate);
            talk.authenticate(PASSWORD);
            talk.serve(Talk::answerOne);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost | CN=x         | san=dns:localhost",
                "127.0.0.1 | CN=x         | san=ip:127.0.0.1",
                "localhost | CN=localhost | san=dns:localhost,dns:other.example"
            })
    void theRightNameIsBelieved(String host, String name, String names) throws Exception {
        TestCertificate certificate = TestCertificate.make(home, name, names, "-1d");
        try (LyingPostgres server = serving(certificate);
                PostgresSourceConnector connector =
                        new PostgresSourceConnector(config(host, server.port(), certificate.certificatePem()))) {
            assertThat(one(connector)).isEqualTo(1);
        }
    }

    /** The authority is believed in all of them; the name, or the day, is wrong. */
    @Tag("S14")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "another host             | localhost | CN=x           | san=dns:db.example.org           | -1d",
                "another address          | 127.0.0.1 | CN=x           | san=ip:127.0.0.2                 | -1d",
                "expired                  | localhost | CN=localhost   | san=dns:localhost                | -11y",
                "not yet                  | localhost | CN=localhost   | san=dns:localhost                | +2d",
                "the name in CN only      | localhost | CN=localhost   | ''                               | -1d",
                "the name in CN besides   | localhost | CN=localhost   | san=dns:db.example.org           | -1d",
                "the address in CN only   | 127.0.0.1 | CN=127.0.0.1   | ''                               | -1d",
                "the address as a name    | 127.0.0.1 | CN=x           | san=dns:127.0.0.1                | -1d",
                "a wildcard for its names | localhost | CN=x           | san=dns:*.localhost              | -1d",
                "a wildcard in CN         | localhost | CN=*           | ''                               | -1d",
                "a wildcard for a domain  | localhost | CN=localhost   | san=dns:*.example.org            | -1d",
                "a longer name            | localhost | CN=x           | san=dns:localhost.example.org    | -1d",
                "a mail address           | localhost | CN=x           | san=email:localhost@localhost    | -1d"
            })
    void aCertificateThatIsNotTheHostsIsRefused(String why, String host, String name, String names, String start)
            throws Exception {
        TestCertificate certificate = TestCertificate.make(home, name, names, start);
        try (LyingPostgres server = serving(certificate)) {
            PostgresConnections connections =
                    new PostgresConnections(config(host, server.port(), certificate.certificatePem()));
            assertThatThrownBy(connections::getConnection).as(why).isInstanceOf(SQLException.class);
            assertThat(server.statements()).as(why).isEmpty();
        }
    }

    /** The second connection of a pool is as careful as the first: a server that lost its TLS, or its key, in between is not used. */
    @Tag("S15")
    @Test
    void aServerThatForgetsItsTlsIsNotUsedAgain() throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        AtomicInteger first = new AtomicInteger();
        try (LyingPostgres server = new LyingPostgres(talk -> {
                    if (first.getAndIncrement() == 0) {
                        talk.startupOverTls(certificate);
                        talk.authenticate(PASSWORD);
                        // Dies at the second statement.
                        AtomicInteger answers = new AtomicInteger();
                        talk.serve(asked -> {
                            if (answers.getAndIncrement() > 0) {
                                throw new IOException("dies");
                            }
                            asked.answerOne();
                        });
                    } else {
                        talk.startup();
                        talk.authenticate(PASSWORD);
                        talk.serve(Talk::answerOne);
                    }
                });
                PostgresSourceConnector connector =
                        new PostgresSourceConnector(config("localhost", server.port(), certificate.certificatePem()))) {
            assertThat(one(connector)).isEqualTo(1);
            assertThatThrownBy(() -> one(connector)).isInstanceOf(SourceException.class);
            assertThatThrownBy(() -> one(connector)).isInstanceOf(SourceException.class);
            assertThat(server.connections()).isGreaterThan(1);
            assertThat(server.statements().stream().filter(sql -> sql.startsWith("SELECT")))
                    .as("asked over the first connection only")
                    .hasSize(2);
        }
    }

    /** Read-only, UTC and the rest are said anew to every connection, not to the first one only. */
    @Tag("S15")
    @Test
    void everyConnectionIsMadeReadOnlyAnew() throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        List<String> startups = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (LyingPostgres server = new LyingPostgres(talk -> {
                    talk.startupOverTls(certificate);
                    startups.add(talk.parameters());
                    talk.authenticate(PASSWORD);
                    AtomicInteger answers = new AtomicInteger();
                    talk.serve(asked -> {
                        asked.answerOne();
                        if (answers.getAndIncrement() > 0) {
                            throw new IOException("dies");
                        }
                    });
                });
                PostgresSourceConnector connector =
                        new PostgresSourceConnector(config("localhost", server.port(), certificate.certificatePem()))) {
            for (int i = 0; i < 8; i++) {
                try {
                    one(connector);
                } catch (SourceException died) {
                    assertThat(died.kind()).isNotNull();
                }
            }
            assertThat(startups)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(startup -> assertThat(startup)
                            .contains("default_transaction_read_only=on")
                            .contains("standard_conforming_strings=on"));
            // The pool may be making a further connection at this moment: it has started up and is soon told the rest.
            long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (zones(server) != startups.size() && System.nanoTime() < giveUp) {
                Thread.sleep(20);
            }
            assertThat(zones(server)).isEqualTo(startups.size());
            assertThat(server.statements().stream().filter(sql -> sql.startsWith("BEGIN")))
                    .allMatch(sql -> sql.contains("READ ONLY"));
        }
    }

    private static long zones(LyingPostgres server) {
        return server.statements().stream()
                .filter("SET TIME ZONE 'UTC'"::equals)
                .count();
    }
}
