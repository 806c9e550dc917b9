package io.weir;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.weir.audit.format.SignerKey;
import io.weir.cli.ScramDerivation;
import io.weir.config.Configuration;
import io.weir.connector.Secret;
import io.weir.demo.data.DemoData;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoSizes;
import io.weir.demo.server.LocalBucketServer;
import io.weir.demo.server.LocalCertificate;
import io.weir.demo.server.LocalSftpServer;
import io.weir.demo.tour.Connections;
import io.weir.demo.tour.Tour;
import io.weir.embedded.ClusterConfig;
import io.weir.embedded.EmbeddedPostgresException;
import io.weir.embedded.PostgresCluster;
import io.weir.identity.Asker;
import io.weir.identity.ProjectId;
import io.weir.policy.Person;
import io.weir.policy.SecretReference;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.query.catalog.shadow.EmbeddedShadowServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The demo installation: everything embedded, on loopback, in one state directory. What must stay the same over restarts (keys, passwords,
 * data, history) lies there; ports are chosen anew when the old ones are taken.
 */
final class Quickstart implements AutoCloseable {
    private static final String BUCKET = "fells-releases";
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private final Path state;
    private final PrintStream out;
    private final Clock clock;
    private final SecureRandom random;
    private final QuickstartFiles files;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Quickstart(Path state, PrintStream out, Clock clock, SecureRandom random) {
        this.state = state.toAbsolutePath().normalize();
        this.out = out;
        this.clock = clock;
        this.random = random;
        this.files = new QuickstartFiles(this.state, random);
    }

    /** Starts everything and writes {@code connections.json}. */
    Connections start() throws IOException, SQLException, GeneralSecurityException {
        long begin = System.nanoTime();
        files.prepare();
        Path binaries = state.resolve("binaries");

        phase("starting PostgreSQL (the hospital's database and the control store)");
        PostgresCluster source = keep(PostgresCluster.start(
                ClusterConfig.durable(
                                state.resolve("source"),
                                binaries,
                                new ClusterConfig.Listen.Loopback(files.port("source")))
                        .with("synchronous_commit", "off"),
                random));
        PostgresCluster control = keep(PostgresCluster.start(
                ClusterConfig.durable(
                        state.resolve("control"), binaries, new ClusterConfig.Listen.Loopback(files.port("control"))),
                random));
        fill(source);

        phase("starting the bucket and the SFTP server");
        LocalBucketServer bucket = keep(LocalBucketServer.start(
                state.resolve("bucket"),
                files.port("bucket"),
                BUCKET,
                Secret.of(files.secret("bucket-access-key", () -> "demo" + files.token(9))),
                Secret.of(files.secret("bucket-secret-key", () -> files.token(30))),
                clock,
                random));
        Path userKey = state.resolve("secrets/sftp-user-key");
        Path userKeyPublic = state.resolve("secrets/sftp-user-key.pub");
        if (!Files.exists(userKey)) {
            Files.writeString(userKeyPublic, LocalSftpServer.makeUserKey(userKey));
        }
        LocalSftpServer sftp = keep(LocalSftpServer.start(
                state.resolve("sftp"), files.port("sftp"), "weir", Files.readString(userKeyPublic), "/incoming"));

        phase("starting the proxy");
        Recipient recipient = recipient();
        Configuration config = configuration(source, control, bucket, sftp, recipient.address());
        Wiring wiring = keep(Wiring.start(
                config,
                new EmbeddedShadowServer(state.resolve("shadow"), binaries, random),
                clock,
                random,
                name -> Optional.ofNullable(System.getenv(name))));
        Connections connections = accounts(wiring, config, source, bucket, sftp, recipient.identity());
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        files.write(state.resolve("connections.json"), json.writeValueAsString(connections) + "\n");
        phase("ready after %.1f s".formatted((System.nanoTime() - begin) / 1e9));
        return connections;
    }

    private void phase(String text) {
        out.println("weir: " + text);
    }

    private void fill(PostgresCluster source) throws IOException, SQLException {
        Path done = state.resolve("source.filled");
        if (Files.exists(done)) {
            return;
        }
        phase("filling the hospital with synthetic people (once)");
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(source.jdbcUrl("postgres"));
        owner.setUser(source.superuser());
        owner.setPassword(source.superuserPassword().value());
        DemoData.generate(owner, DemoData.SEED, DemoSizes.FULL);
        DemoData.createReader(owner, files.secret("source-password", () -> files.token(24)));
        files.write(done, "seed " + DemoData.SEED + "\n");
    }

    /**
     * @param address age recipient
     * @param identity age secret key
     */
    private record Recipient(String address, String identity) {}

    private Recipient recipient() throws IOException, GeneralSecurityException {
        Path identity = state.resolve("secrets/recipient.agekey");
        Path address = state.resolve("secrets/recipient.pub");
        if (!Files.exists(identity)) {
            KeyPair made = new X25519KeyPairGenerator().generateKeyPair();
            files.write(address, made.getPublic().toString());
            files.write(identity, made.getPrivate().toString());
        }
        return new Recipient(Files.readString(address), Files.readString(identity));
    }

    private Configuration configuration(
            PostgresCluster source,
            PostgresCluster control,
            LocalBucketServer bucket,
            LocalSftpServer sftp,
            String recipient)
            throws IOException, GeneralSecurityException {
        files.secret("control-password", () -> control.superuserPassword().value());
        Path policy = state.resolve("policy");
        Map<String, String> values = new LinkedHashMap<>();
        values.put(DemoPolicy.SOURCE_URL, source.jdbcUrl("postgres").replaceFirst("\\?.*", ""));
        values.put(DemoPolicy.RECIPIENT, recipient);
        values.put(DemoPolicy.BUCKET_ENDPOINT, bucket.endpoint().toString());
        values.put(DemoPolicy.BUCKET_CA_FILE, bucket.authority().toString());
        values.put(DemoPolicy.SFTP_HOST, "127.0.0.1");
        values.put(DemoPolicy.SFTP_PORT, String.valueOf(sftp.port()));
        values.put(DemoPolicy.SFTP_HOST_KEY, sftp.hostKey());
        DemoPolicy.install(policy, values);
        LocalCertificate certificate =
                LocalCertificate.in(Files.createDirectories(state.resolve("tls")), clock, random);
        signingKey();
        files.secret("audit-disclosure-key", () -> Base64.getEncoder().encodeToString(files.random(32)));
        Path kek = state.resolve("secrets/pseudonym-kek");
        if (!Files.exists(kek)) {
            files.write(kek, files.random(32));
        }
        return new Configuration(
                state,
                new Configuration.Address("127.0.0.1", files.port("postgres")),
                new Configuration.Address("127.0.0.1", files.port("web")),
                new Configuration.Tls(certificate.authority(), certificate.key()),
                new Configuration.Database(
                        control.jdbcUrl("postgres"), control.superuser(), secretFile("control-password")),
                new Configuration.Database("", "", secretFile("control-password")),
                new Configuration.Audit(
                        state.resolve("audit"),
                        "weir.quickstart/audit",
                        secretFile("audit-signing-key"),
                        secretFile("audit-disclosure-key")),
                new Configuration.Policy(policy, ZoneId.of("Europe/London")),
                new Configuration.Pseudonyms(kek, Optional.empty(), state.resolve("masters"), 1),
                state.resolve("spool"),
                new Configuration.Limits(
                        200, 20, 1 << 20, 200_000, 1_000_000, Duration.ofSeconds(60), Duration.ofHours(8)));
    }

    private static SecretReference secretFile(String name) {
        return new SecretReference.File("secrets/" + name);
    }

    private void signingKey() throws IOException, GeneralSecurityException {
        Path key = state.resolve("secrets/audit-signing-key");
        if (!Files.exists(key)) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            files.write(
                    key,
                    Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()));
        }
        SignerKey signer =
                SignerKey.of("weir.quickstart/audit", Base64.getMimeDecoder().decode(Files.readString(key)));
        files.write(state.resolve("audit-keys.txt"), signer.verifier().encode() + "\n");
    }

    private Connections accounts(
            Wiring wiring,
            Configuration config,
            PostgresCluster source,
            LocalBucketServer bucket,
            LocalSftpServer sftp,
            String recipientPrivateKey)
            throws IOException {
        int port = wiring.postgresPort();
        String ca = config.tls().certificate().toString();
        Map<String, Connections.User> users = new TreeMap<>();
        Map<String, String> tokens = new TreeMap<>();
        Map<String, Map<String, String>> byRole = new TreeMap<>();
        for (Person person : wiring.policy().current().people().values()) {
            if (!person.projects().isEmpty()) {
                memberships(wiring, person, port, ca)
                        .forEach(user -> users.put(user.user() + "@" + user.project(), user));
            }
            if (!person.roles().isEmpty()) {
                wiring.accounts().revokeTokens(person.id(), "quickstart");
                String token = wiring.accounts()
                        .issueToken(person.id(), "quickstart", Duration.ofDays(30), "quickstart")
                        .reveal();
                tokens.put(person.id().value(), token);
                person.roles()
                        .forEach(role -> byRole.computeIfAbsent(
                                        role.name().toLowerCase(Locale.ROOT), fresh -> new TreeMap<>())
                                .put(person.id().value(), token));
            }
        }
        return new Connections(
                new Connections.Postgres("localhost", port, ca, users),
                new Connections.Http("https://localhost:" + wiring.webPort(), ca, tokens, byRole),
                new Connections.Bucket(
                        bucket.endpoint().toString(),
                        "eu-west-2",
                        BUCKET,
                        "weir/",
                        files.known("bucket-access-key"),
                        files.known("bucket-secret-key"),
                        bucket.authority().toString()),
                new Connections.Sftp(
                        "127.0.0.1",
                        sftp.port(),
                        "weir",
                        sftp.hostKey(),
                        state.resolve("secrets/sftp-user-key").toString(),
                        "/incoming"),
                recipientPrivateKey,
                new Connections.Audit(
                        config.audit().directory().toString(),
                        state.resolve("audit-keys.txt").toString()),
                new Connections.Source(
                        source.jdbcUrl("postgres"),
                        source.superuser(),
                        source.superuserPassword().value()));
    }

    /** Everybody's, with what the door says to each: some are there to be refused. */
    private List<Connections.User> memberships(Wiring wiring, Person person, int port, String ca) {
        String name = person.id().value();
        String password = files.secret("password-" + name, () -> files.token(15));
        if (wiring.accounts().find(person.id()).isEmpty()) {
            wiring.accounts()
                    .setSecret(person.id(), ScramDerivation.derive(password.toCharArray(), random), "quickstart");
        }
        List<Connections.User> users = new ArrayList<>();
        for (ProjectId project : person.projects()) {
            String url = "jdbc:postgresql://localhost:" + port + "/" + project;
            String trust = "sslmode=verify-full&sslrootcert=" + ca;
            users.add(new Connections.User(
                    name,
                    password,
                    project.value(),
                    url,
                    url + "?user=" + name + "&password=" + password + "&" + trust,
                    "postgresql://%s:%s@localhost:%d/%s?%s".formatted(name, password, port, project, trust),
                    switch (wiring.admission().admit(person.id(), project.value(), "quickstart")) {
                        case Outcome.Value<Asker> admitted -> null;
                        case Outcome.Refused<Asker>(Problem problem) ->
                            problem.code().name();
                    }));
        }
        return users;
    }

    /** Tells how to go on by hand. */
    void invite(Connections connections) {
        out.println();
        out.println("Weir is running. Try:");
        connections.postgres().users().forEach((who, user) -> {
            if (user.refused() == null) {
                out.println("  psql '" + user.psql() + "'   # " + who);
            }
        });
        out.println("  browser or curl: " + connections.http().url() + "   (tokens and CA in "
                + state.resolve("connections.json") + ")");
        out.println(
                "  ./weir release list --state " + state + " --as cora   # what the checkers see; dev is the second");
        out.println("Stop with Ctrl-C. Everything lies in " + state + "; remove that directory when it is stopped,"
                + " or begin anew with ./weir quickstart --clean --state " + state);
    }

    /** The whole command. */
    static int run(Path state, boolean exit, boolean clean, PrintStream out, Clock clock, SecureRandom random) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        int code = run(state, exit, clean, out, clock, random, ended);
        ended.complete(code);
        return code;
    }

    private static int run(
            Path state,
            boolean exit,
            boolean clean,
            PrintStream out,
            Clock clock,
            SecureRandom random,
            CompletableFuture<Integer> ended) {
        try {
            if (clean) {
                QuickstartFiles.remove(state);
            }
            try (Quickstart quickstart = new Quickstart(state, out, clock, random)) {
                Connections connections = quickstart.start();
                boolean held = new Tour(connections, out, clock).run();
                if (exit) {
                    return held ? 0 : 1;
                }
                quickstart.invite(connections);
                Thread main = Thread.currentThread();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stopInOrder(main, ended)));
                try {
                    Thread.sleep(Duration.ofDays(36_500));
                } catch (InterruptedException stop) {
                    out.println("weir: stopping");
                }
                return 0;
            }
        } catch (Exception failed) {
            out.println("weir: the quickstart failed: " + failed.getMessage());
            if (!(failed instanceof IOException || failed instanceof EmbeddedPostgresException)) {
                org.slf4j.LoggerFactory.getLogger(Quickstart.class).error("quickstart", failed);
            }
            return 1;
        }
    }

    /** Waits for the work, not for its thread: that one ends in System.exit, which waits for this hook. */
    private static void stopInOrder(Thread main, CompletableFuture<Integer> ended) {
        main.interrupt();
        try {
            Runtime.getRuntime().halt(ended.get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            // The JVM goes on ending, with its own code.
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception problem) {
                out.println("weir: a part did not stop: " + problem.getMessage());
            }
        }
    }
}
