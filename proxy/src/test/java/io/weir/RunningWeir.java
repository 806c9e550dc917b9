package io.weir;

import io.weir.cli.ScramDerivation;
import io.weir.config.Configuration;
import io.weir.config.ConfigurationLoad;
import io.weir.config.ConfigurationLoader;
import io.weir.embedded.TestPostgres;
import io.weir.identity.PersonId;
import io.weir.policy.PolicySnapshot;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.SchemaViews;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The real installation over {@link DemoServers}, in this JVM or in a process of its own, and the doors to it. One for the test JVM: who
 * breaks it mends it.
 */
public final class RunningWeir implements AutoCloseable {
    private static final List<String> ANALYSTS = List.of("ada", "ben");
    private static final List<String> TOKENS = List.of("ada", "ben", "cora", "dev", "otto");
    private static @Nullable RunningWeir shared;

    private final DemoServers servers;
    private final SecureRandom random = new SecureRandom();
    private final HttpClient http;
    private final Map<String, String> tokens = new HashMap<>();
    private @Nullable Wiring wiring;
    private @Nullable Process process;

    private RunningWeir(DemoServers servers) throws IOException, GeneralSecurityException {
        this.servers = servers;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(servers.certificate())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        http = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    public static synchronized RunningWeir shared() {
        try {
            if (shared == null) {
                RunningWeir weir =
                        new RunningWeir(DemoServers.start(TestPostgres.temporaryDirectory(RunningWeir::closeShared)));
                shared = weir;
                weir.start();
                weir.makeAccounts();
            }
            return shared;
        } catch (IOException | SQLException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized void closeShared() {
        if (shared != null) {
            shared.close();
        }
    }

    private void makeAccounts() {
        for (String person : ANALYSTS) {
            wiring().accounts()
                    .setSecret(
                            new PersonId(person),
                            ScramDerivation.derive(password(person).toCharArray(), random),
                            "test");
        }
        for (String person : TOKENS) {
            tokens.put(
                    person,
                    wiring().accounts()
                            .issueToken(new PersonId(person), "test", Duration.ofDays(1), "test")
                            .reveal());
        }
    }

    DemoServers servers() {
        return servers;
    }

    Wiring wiring() {
        if (wiring == null) {
            throw new IllegalStateException("Weir does not run in this JVM now");
        }
        return wiring;
    }

    /** The configuration of {@code weir.yaml}. */
    Configuration configuration() throws IOException {
        return switch (ConfigurationLoader.load(servers.configurationFile())) {
            case ConfigurationLoad.Loaded loaded -> loaded.configuration();
            case ConfigurationLoad.Rejected rejected -> throw new IOException(String.valueOf(rejected.problems()));
        };
    }

    /** Starts in this JVM. */
    void start() throws IOException {
        start(configuration());
    }

    void start(Configuration config) throws IOException {
        wiring = Wiring.start(config, servers.shadow(), Clock.systemUTC(), random, name -> Optional.empty());
    }

    void stop() {
        if (wiring != null) {
            wiring.close();
            wiring = null;
        }
    }

    /** Starts {@code serve} in a process of its own on the same state, which nobody else may use meanwhile. */
    Process fork() throws IOException {
        stop();
        Path log = servers.state().resolve("serve.log");
        Process started = serve(servers.configurationFile(), log);
        process = started;
        Await.until("serve is ready: " + log, Duration.ofSeconds(60), () -> {
            if (!started.isAlive()) {
                throw new IllegalStateException("serve ended: " + Files.readString(log));
            }
            return Files.readString(log).contains("weir: PostgreSQL on port");
        });
        return started;
    }

    /** {@code serve} with this configuration; what it prints goes to the log. */
    static Process serve(Path configuration, Path log) throws IOException {
        return WeirProcess.of(
                        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        "serve",
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    /** Runs in this JVM again, whatever ran before and however it ended. */
    void startAgain() throws IOException, InterruptedException {
        if (process != null) {
            kill(process);
            process = null;
        }
        stop();
        start();
    }

    /** {@code kill -9}. */
    static void kill(Process victim) throws InterruptedException {
        victim.destroyForcibly();
        if (!victim.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process cannot be killed");
        }
    }

    public int postgresPort() {
        return servers.postgresPort();
    }

    /** What the catalogue of a project shows. */
    public GovernedSchema schema(String project) {
        PolicySnapshot policy = wiring().policy().current();
        return new SchemaViews()
                .of(
                        policy,
                        policy.agreements().values().stream()
                                .filter(agreement -> agreement.project().value().equals(project))
                                .findFirst()
                                .orElseThrow());
    }

    /** The authority that signed Weir's certificate. */
    public Path certificate() {
        return servers.certificate();
    }

    public String password(String person) {
        return servers.secret("password-" + person);
    }

    public Connection connect(String person, String project) throws SQLException {
        return connect(person, project, password(person));
    }

    /** With TLS, verified. */
    Connection connect(String person, String project, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", person);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", servers.certificate().toString());
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + postgresPort() + "/" + project, properties);
    }

    HttpResponse<String> get(String person, String path) throws IOException, InterruptedException {
        return send(person, request(path).GET());
    }

    HttpResponse<String> post(String person, String path, String json) throws IOException, InterruptedException {
        return send(
                person,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + servers.webPort() + path))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(String person, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(
                request.header("Authorization", "Bearer " + tokens.get(person)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What the health page answers: 200 or 503. */
    int health() throws IOException, InterruptedException {
        return http.send(request("/healthz").GET().build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    AuditTrail audit() {
        return new AuditTrail(servers.state().resolve("audit"), servers.auditKeys());
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        stop();
        servers.close();
    }
}
