package io.weir.query.session;

import io.vertx.core.Vertx;
import io.weir.query.session.authentication.MockSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A whole server with fakes behind it, on a free port of the loopback. */
final class RunningServer implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "correct horse";

    final TestAccounts accounts = new TestAccounts().with(USER, PASSWORD);
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
        certificate = TestCertificate.in(directory);
        SessionPorts ports = new SessionPorts(
                accounts,
                new MockSecrets(
                        "an example key of 32 bytes or more".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        TestAccounts.ITERATIONS),
                accounts,
                audit,
                desk,
                catalog,
                new SecureRandom());
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
