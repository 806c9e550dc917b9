package io.weir.query;

import io.weir.connector.Secret;
import io.weir.connector.postgresql.PostgresSourceConfig;
import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.connector.postgresql.ServerTrust;
import io.weir.demo.data.DemoPolicy;
import io.weir.embedded.TestPostgres;
import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.policy.PolicyAdmission;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.load.PolicyLoad;
import io.weir.policy.load.PolicyLoader;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.OwnReleases;
import io.weir.query.answer.QueryOptions;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.shadow.EmbeddedShadowServer;
import io.weir.query.catalog.shadow.ShadowCatalogue;
import io.weir.query.catalog.shadow.ShadowLimits;
import io.weir.query.disclose.Discloser;
import io.weir.query.disclose.ProtectedRows;
import io.weir.query.execute.EgressGuard;
import io.weir.query.execute.Executor;
import io.weir.query.govern.Ruling;
import io.weir.query.parse.SqlFrontEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The query road over the hospital and the common data model of the honest statements, under two policies: the one that an operator
 * writes, and the same with nothing to protect (a threshold of two, the least there is, and no rounding), under which all that is shown must be the truth.
 */
final class HonestRoad {
    private static @Nullable HonestRoad shared;

    final TestPostgres.TestDatabase database;
    private final PolicySnapshot protecting;
    private final PolicySnapshot transparent;
    private final ShadowCatalogue shadow;
    private final PostgresSourceConnector connector;
    private final SchemaViews views = new SchemaViews();
    private final Statements statements;
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private HonestRoad() throws IOException, SQLException {
        database = TestPostgres.createDatabase();
        database.run(resource("hospital.sql"), resource("omop.sql"));
        protecting = policy("honest", text -> text);
        transparent = policy(
                "transparent",
                text -> text.replaceAll("roundingStep: [0-9.]+", "roundingStep: 0.000001")
                        .replaceAll("threshold: \\d+", "threshold: 2")
                        .replaceAll("roundingBase: \\d+", "roundingBase: 1")
                        .replaceAll("dominanceN: \\d+", "dominanceN: 1")
                        .replaceAll("dominanceK: [0-9.]+", "dominanceK: 1")
                        .replaceAll("pPercent: [0-9.]+", "pPercent: 0.000001"));
        shadow = new ShadowCatalogue(
                new EmbeddedShadowServer(
                        TestPostgres.temporaryDirectory().resolve("shadow"),
                        TestPostgres.binariesCache(),
                        new SecureRandom()),
                ShadowLimits.standard(),
                new SecureRandom());
        statements = new Statements(views, shadow.typeOracle(), new SqlFrontEnd());
        connector = new PostgresSourceConnector(PostgresSourceConfig.of(
                database.url().replaceFirst("\\?.*", ""),
                database.user(),
                Secret.of(database.password()),
                new ServerTrust.Plaintext()));
    }

    static synchronized HonestRoad shared() {
        try {
            if (shared == null) {
                shared = new HonestRoad();
            }
            return shared;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String resource(String name) {
        try (InputStream in = HonestRoad.class.getResourceAsStream(name.startsWith("/") ? name : "/honest/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Change {
        String of(String text);
    }

    private PolicySnapshot policy(String folder, Change change) throws IOException {
        Path directory = TestPostgres.temporaryDirectory().resolve(folder);
        Map<String, String> values = new HashMap<>();
        DemoPolicy.PLACEHOLDERS.forEach(p -> values.put(p, "x"));
        values.put(DemoPolicy.SOURCE_URL, database.url().replaceFirst("\\?.*", ""));
        values.put(DemoPolicy.RECIPIENT, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
        values.put(DemoPolicy.BUCKET_ENDPOINT, "https://127.0.0.1:9000");
        values.put(DemoPolicy.SFTP_PORT, "2222");
        values.put(
                DemoPolicy.SFTP_HOST_KEY,
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
        DemoPolicy.install(directory, values);
        for (String part : List.of("datasets", "agreements", "projects")) {
            try (Stream<Path> files = Files.list(directory.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Path own = Path.of("src/test/resources/honest/policy");
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = directory.resolve(own.relativize(file).toString());
                Files.writeString(target, change.of(Files.readString(file)));
            }
        }
        try (Stream<Path> people = Files.list(directory.resolve("people"))) {
            for (Path file : people.toList()) {
                Files.writeString(
                        file, Files.readString(file).replaceAll("projects: \\[.*]", "projects: [cohort, omop]"));
            }
        }
        return switch (new PolicyLoader(name -> Optional.empty()).load(directory)) {
            case PolicyLoad.Loaded loaded -> loaded.snapshot();
            case PolicyLoad.Rejected rejected -> throw new IllegalStateException("honest policy: " + rejected);
        };
    }

    /** An analyst under the operator's policy, with an empty history. */
    DemoRoad.Session analyst(String project) {
        return session(project, protecting);
    }

    /** An analyst from whom nothing is hidden. */
    DemoRoad.Session insider(String project) {
        return session(project, transparent);
    }

    private DemoRoad.Session session(String project, PolicySnapshot policy) {
        AtomicLong ids = new AtomicLong();
        RecordingAuditLog audit = new RecordingAuditLog();
        Answering answering = new Answering(
                new Executor(Map.of("hospital", connector), new EgressGuard(), 200_000),
                new Discloser(new MemoryPublishedAnswers()),
                new NoPseudonyms(),
                Duration.ofSeconds(30),
                1_000_000);
        PolicyAdmission admission = new PolicyAdmission(() -> policy, clock, ZoneOffset.UTC);
        QueryRoad road = new QueryRoad(
                admission,
                () -> policy,
                statements,
                answering,
                audit,
                NoReleases::new,
                () -> "q" + ids.incrementAndGet());
        Asker asker = admission.admit(new PersonId("ada"), project, "s1").orThrow();
        return new DemoRoad.Session(road, asker, audit);
    }

    /** Reads a statement as the road does, without a ruling. */
    void read(String project, String sql) {
        PolicySnapshot policy = protecting;
        statements.read(
                new PersonId("ada"),
                policy,
                policy.agreements().values().stream()
                        .filter(a -> a.project().value().equals(project))
                        .findFirst()
                        .orElseThrow(),
                sql,
                List.of());
    }

    /** Label and type of each column, as the road describes them. */
    static Outcome<List<String>> described(DemoRoad.Session session, String sql) {
        return session.desk()
                .prepare(session.asker(), sql, List.of(), new QueryOptions(false, ZoneOffset.UTC, Duration.ZERO))
                .then(p -> Outcome.of(p.description().columns().stream()
                        .map(c -> c.label() + " " + c.type().type().oid())
                        .toList()));
    }

    private static final class NoPseudonyms implements Answering.PseudonymPort {
        @Override
        public ProtectedRows.Namespaces namespaces(io.weir.identity.ProjectId id) {
            throw new IllegalStateException("no rows here");
        }

        @Override
        public Ruling.Tokens tokens(io.weir.identity.ProjectId id) {
            return (namespace, token) -> Optional.empty();
        }
    }

    private static final class NoReleases implements OwnReleases {
        @Override
        public Outcome<Line> request(Asker asker, String sql, String title, String note, String destination) {
            return Outcome.refused(Problem.of(ProblemCode.NOT_RELEASABLE));
        }

        @Override
        public Outcome<List<Line>> list(Asker asker) {
            return Outcome.of(List.of());
        }
    }
}
