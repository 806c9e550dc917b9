package io.weir.query.session;

import io.vertx.core.Vertx;
import io.weir.query.session.authentication.MockSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A whole server with fakes behind it, on a free port of the loopback. */
final class RunningServer implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "correct horse";

    /** A start-up message of {@link #USER}. */
    static final Map<String, String> STARTUP = Map.of("user", USER, "database", "demo");

    final MockSecrets mocks = new MockSecrets(
            "an example key of 32 bytes or more".getBytes(StandardCharsets.UTF_8), TestAccounts.ITERATIONS);
    final TestAccounts accounts;
    final TestAudit audit = new TestAudit();
    final TestDesk desk = new TestDesk();
    final TestCatalog catalog = new TestCatalog();
    final TestCertificate certificate;
    private final Vertx vertx = Vertx.vertx();
    private final PostgresServer server;

    RunningServer(Path directory) {
        this(directory, limits -> limits);
    }

    RunningServer(Path directory, UnaryOperator<SessionLimits> limits) {
        this(directory, limits, new TestAccounts().with(USER, PASSWORD));
    }

    private RunningServer(Path directory, UnaryOperator<SessionLimits> limits, TestAccounts accounts) {
        this.accounts = accounts;
        certificate = TestCertificate.in(directory);
        SessionPorts ports = new SessionPorts(accounts, mocks, accounts, audit, desk, catalog, new SecureRandom());
        try {
            server = PostgresServer.start(
                    vertx,
                    new SessionConfig(
                            "127.0.0.1",
                            0,
                            certificate.certificate(),
                            certificate.privateKey(),
                            limits.apply(SessionLimits.standard())),
                    ports);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Limits small enough to be reached: two sessions, twenty handshakes and half of them of one address, 3 s to authenticate. */
    static RunningServer strict(Path directory, int sessionsPerPerson) {
        return strict(directory, sessionsPerPerson, SessionLimits.standard().idle());
    }

    static RunningServer strict(Path directory, int sessionsPerPerson, Duration idle) {
        return new RunningServer(
                directory,
                limits -> new SessionLimits(
                        limits.frames(),
                        2,
                        sessionsPerPerson,
                        20,
                        10,
                        Duration.ofSeconds(3),
                        1_000,
                        idle,
                        limits.idleCursor(),
                        limits.stalledWrite(),
                        16,
                        1 << 16,
                        2 << 20,
                        5,
                        3_000,
                        5,
                        1_200_000,
                        false));
    }

    /** As it is before anybody was given a password. */
    static RunningServer withoutAccounts(Path directory) {
        return new RunningServer(directory, limits -> limits, new TestAccounts());
    }

    WireClient loggedIn() throws IOException {
        WireClient client = WireClient.overTls(port());
        WireClient.Message ready = client.login(USER, PASSWORD);
        if (ready.tag() != 'Z') {
            client.close();
            throw new IOException("not let in: " + ready.field('C'));
        }
        return client;
    }

    /** SQLSTATE with which a start-up message is refused. */
    String refusal(Map<String, String> parameters) throws IOException {
        try (WireClient client = WireClient.overTls(port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, parameters));
            return client.read('E').field('C');
        }
    }

    /** What a client binds to: the hash of the certificate (RFC 5929 section 4.1). */
    byte[] binding() {
        try (InputStream in = Files.newInputStream(certificate.certificate())) {
            return MessageDigest.getInstance("SHA-256")
                    .digest(CertificateFactory.getInstance("X.509")
                            .generateCertificate(in)
                            .getEncoded());
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    int port() {
        return server.port();
    }

    int sessions() {
        return server.sessions();
    }

    /** A JDBC URL that verifies the server's certificate. */
    String url(String options) {
        return "jdbc:postgresql://localhost:" + port() + "/demo?sslmode=verify-full&sslrootcert="
                + certificate.certificate() + options;
    }

    @Override
    public void close() {
        server.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException
                | java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException stuck) {
            throw new IllegalStateException(stuck);
        }
    }
}
