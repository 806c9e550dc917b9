package io.weir.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TDS 8.0: whose certificate is believed. */
class StrictTlsTest {
    @TempDir
    Path home;

    private static Object one(SqlServerSourceConnector connector) throws SourceException {
        try (RowStream rows =
                connector.open(new SourceStatement("p", "SELECT 1 AS n", List.of(), 0, Duration.ofSeconds(5)))) {
            assertThat(rows.next()).isTrue();
            return java.util.Objects.requireNonNull(rows.value(0));
        }
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
        try (Backend backend = new Backend("tls", certificate);
                SqlServerSourceConnector connector = new SqlServerSourceConnector(
                        backend.config(host, Backend.PASSWORD, new ServerTrust.Strict(certificate.certificatePem())))) {
            connector.probe();
            assertThat(one(connector)).isEqualTo(1);
        }
    }

    /** The authority is believed in all of them; the name, or the day, is wrong. */
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
                "the address as a name    | 127.0.0.1 | CN=x           | san=dns:127.0.0.1                | -1d",
                "a wildcard in CN         | localhost | CN=*           | ''                               | -1d",
                "a longer name            | localhost | CN=x           | san=dns:localhost.example.org    | -1d"
            })
    void aCertificateThatIsNotTheHostsIsRefused(String why, String host, String name, String names, String start)
            throws Exception {
        TestCertificate certificate = TestCertificate.make(home, name, names, start);
        try (Backend backend = new Backend("tls", certificate)) {
            assertRefused(backend, host, certificate.certificatePem());
            assertThat(backend.server.logins()).as(why).isZero();
        }
    }

    @Test
    void anotherAuthorityIsRefused() throws Exception {
        TestCertificate served = TestCertificate.make(Files.createDirectory(home.resolve("served")));
        TestCertificate believed = TestCertificate.make(Files.createDirectory(home.resolve("believed")));
        try (Backend backend = new Backend("tls", served)) {
            assertRefused(backend, "localhost", believed.certificatePem());
            assertThat(backend.server.logins()).isZero();
        }
    }

    @Test
    void theAuthoritiesOfThePlatformDoNotKnowIt() throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        try (Backend backend = new Backend("tls", certificate);
                SqlServerSourceConnector connector =
                        new SqlServerSourceConnector(backend.config(new ServerTrust.Strict(null)))) {
            assertThatThrownBy(connector::probe).isInstanceOf(SourceException.class);
            assertThat(backend.server.logins()).isZero();
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        try (Backend backend = new Backend("plain", null)) {
            assertRefused(backend, "localhost", certificate.certificatePem());
            assertThat(backend.server.logins()).isZero();
        }
    }

    private static void assertRefused(Backend backend, String host, Path authority) {
        try (SqlServerSourceConnector connector = new SqlServerSourceConnector(
                backend.config(host, Backend.PASSWORD, new ServerTrust.Strict(authority)))) {
            assertThatThrownBy(connector::probe)
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
        }
    }
}
