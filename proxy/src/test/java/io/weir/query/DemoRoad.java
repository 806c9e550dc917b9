package io.weir.query;

import io.weir.connector.Secret;
import io.weir.connector.postgresql.PostgresSourceConfig;
import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.connector.postgresql.ServerTrust;
import io.weir.connector.source.SourceConnector;
import io.weir.demo.data.DemoData;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoSizes;
import io.weir.embedded.TestPostgres;
import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.policy.PolicyAdmission;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.policy.load.PolicyLoad;
import io.weir.policy.load.PolicyLoader;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.pseudonym.FileWrappedMasters;
import io.weir.pseudonym.LocalKeyEncryptionKey;
import io.weir.pseudonym.Pseudonyms;
import io.weir.query.answer.Answer;
import io.weir.query.answer.OwnReleases;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.shadow.EmbeddedShadowServer;
import io.weir.query.catalog.shadow.ShadowCatalogue;
import io.weir.query.catalog.shadow.ShadowLimits;
import io.weir.query.disclose.Discloser;
import io.weir.query.disclose.ProtectedRows;
import io.weir.query.disclose.PublishedAnswers;
import io.weir.query.execute.EgressGuard;
import io.weir.query.execute.Executor;
import io.weir.query.govern.Ruling;
import io.weir.query.parse.SqlFrontEnd;
import io.weir.query.type.SqlType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The whole query road over a small demo hospital on a real PostgreSQL, one for the test JVM. */
public final class DemoRoad {
    private static @Nullable DemoRoad shared;

    final TestPostgres.TestDatabase database;
    public final PolicySnapshot policy;
    final ShadowCatalogue shadow;
    final PostgresSourceConnector connector;
    private final EgressGuard guard = new EgressGuard();
    private final SchemaViews views = new SchemaViews();
    private final Statements statements;
    private final Pseudonyms pseudonyms;
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private DemoRoad() throws Exception {
        SecureRandom random = new SecureRandom();
        database = hospital();
        policy = policy("demo-policy", file -> {});
        shadow = new ShadowCatalogue(
                new EmbeddedShadowServer(
                        TestPostgres.temporaryDirectory().resolve("shadow"), TestPostgres.binariesCache(), random),
                ShadowLimits.standard(),
                random);
        statements = new Statements(views, shadow.typeOracle(), new SqlFrontEnd());
        connector = connector(database);
        Path keys = Files.createDirectories(TestPostgres.temporaryDirectory().resolve("keys"));
        byte[] key = new byte[32];
        random.nextBytes(key);
        Files.write(keys.resolve("kek"), key);
        pseudonyms = new Pseudonyms(
                LocalKeyEncryptionKey.fromRawFile(keys.resolve("kek"), random),
                new FileWrappedMasters(keys.resolve("masters")),
                random,
                1);
    }

    /** The demo hospital, small, in a database of its own. */
    public static TestPostgres.TestDatabase hospital() throws SQLException {
        TestPostgres.TestDatabase hospital = TestPostgres.createDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(hospital.url());
        source.setUser(hospital.user());
        source.setPassword(hospital.password());
        DemoData.generate(source, DemoData.SEED, DemoSizes.SMALL);
        return hospital;
    }

    /** A source over a test's database. */
    public static PostgresSourceConnector connector(TestPostgres.TestDatabase database) {
        return new PostgresSourceConnector(PostgresSourceConfig.of(
                database.url().replaceFirst("\\?.*", ""),
                database.user(),
                Secret.of(database.password()),
                new ServerTrust.Plaintext()));
    }

    /** What a test writes into a copy of the demo policy. */
    public interface PolicyChange {
        void of(Path directory) throws IOException;
    }

    /** The demo policy with changes, in a directory of its own. */
    public PolicySnapshot policy(String folder, PolicyChange change) throws IOException {
        return policy(database, folder, change);
    }

    static PolicySnapshot policy(TestPostgres.TestDatabase database, String folder, PolicyChange change)
            throws IOException {
        Path directory = TestPostgres.temporaryDirectory().resolve(folder);
        Map<String, String> values = new HashMap<>();
        values.put(DemoPolicy.SOURCE_URL, database.url().replaceFirst("\\?.*", ""));
        values.put(DemoPolicy.RECIPIENT, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
        values.put(DemoPolicy.BUCKET_ENDPOINT, "https://127.0.0.1:9000");
        values.put(DemoPolicy.BUCKET_CA_FILE, "ca.pem");
        values.put(DemoPolicy.SFTP_HOST, "127.0.0.1");
        values.put(DemoPolicy.SFTP_PORT, "2222");
        values.put(
                DemoPolicy.SFTP_HOST_KEY,
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
        DemoPolicy.install(directory, values);
        change.of(directory);
        return switch (new PolicyLoader(name -> Optional.empty()).load(directory)) {
            case PolicyLoad.Loaded loaded -> loaded.snapshot();
            case PolicyLoad.Rejected rejected -> throw new IllegalStateException("demo policy: " + rejected);
        };
    }

    /**
     * Grants more datasets to the demo's projects: data about people as aggregates in one and as rows in the other, but for the column
     * that says who has opted out, and reference data whole.
     */
    public static void grant(Path policy, String personal, String... references) throws IOException {
        grant(policy.resolve("agreements/dsa-2026-001.yaml"), personal, "", references);
        grant(policy.resolve("agreements/dsa-2026-002.yaml"), personal, "    mode: row_level\n", references);
    }

    private static void grant(Path agreement, String personal, String mode, String... references) throws IOException {
        StringBuilder grants = new StringBuilder(
                "\ngrants:\n  - dataset: " + personal + "\n" + mode + "    columns: {allExcept: [opted_out]}\n");
        for (String reference : references) {
            grants.append("  - dataset: ").append(reference).append("\n    columns: all\n");
        }
        Files.writeString(agreement, Files.readString(agreement).replace("\ngrants:\n", grants));
    }

    public static synchronized DemoRoad shared() {
        try {
            if (shared == null) {
                shared = new DemoRoad();
            }
            return shared;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What would be asked of which source. */
    Outcome<Explaining.Explanation> explain(PolicySnapshot under, String person, String project, String sql) {
        Asker asker = new PolicyAdmission(() -> under, clock, ZoneOffset.UTC)
                .admit(new PersonId(person), project, "s1")
                .orThrow();
        return new Explaining(statements).explain(under, asker, sql);
    }

    /** One number asked from the source directly. */
    long truthOfOneNumber(String sql) {
        return truth(sql).getFirst().getFirst() instanceof Number number ? number.longValue() : 0;
    }

    /** Rows asked from the source directly. */
    List<List<@Nullable Object>> truth(String sql) {
        return columns(null, sql, ResultSet::getObject);
    }

    /** Rows asked from the source directly, as PostgreSQL writes the values. */
    List<List<@Nullable Object>> truthAsText(String sql) {
        return columns(null, sql, ResultSet::getString);
    }

    /** The same in a session of that time zone. */
    List<List<@Nullable String>> truthAsText(String timeZone, String sql) {
        return columns(timeZone, sql, ResultSet::getString);
    }

    private <T extends @Nullable Object> List<List<T>> columns(@Nullable String timeZone, String sql, Value<T> value) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            if (timeZone != null) {
                statement.execute("SET TimeZone = '" + timeZone + "'");
            }
            List<List<T>> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(sql)) {
                while (found.next()) {
                    List<T> row = new ArrayList<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.add(value.of(found, i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Value<T extends @Nullable Object> {
        T of(ResultSet found, int column) throws SQLException;
    }

    /** A road with an empty history of its own. */
    public Session session(String person, String project) {
        return session(person, project, new MemoryPublishedAnswers(), new RecordingAuditLog());
    }

    public Session session(String person, String project, PublishedAnswers published, RecordingAuditLog audit) {
        return session(person, project, published, audit, connector, () -> policy);
    }

    /** A road over another source, or under a policy that changes. */
    public Session session(
            String person,
            String project,
            PublishedAnswers published,
            RecordingAuditLog audit,
            SourceConnector source,
            PolicySource current) {
        return session(person, project, published, audit, source, current, 1_000_000);
    }

    /** A road whose answers have no more rows than that. */
    Session session(
            String person,
            String project,
            PublishedAnswers published,
            RecordingAuditLog audit,
            SourceConnector source,
            PolicySource current,
            long maximumRows) {
        return session(person, project, published, audit, Map.of("hospital", source), current, maximumRows);
    }

    /** A road over several sources, by id. */
    public Session session(
            String person,
            String project,
            PublishedAnswers published,
            RecordingAuditLog audit,
            Map<String, SourceConnector> sources,
            PolicySource current,
            long maximumRows) {
        AtomicLong ids = new AtomicLong();
        PolicyAdmission admission = new PolicyAdmission(current, clock, ZoneOffset.UTC);
        Executor executor = new Executor(sources, guard, 200_000);
        Answering answering = new Answering(
                executor,
                new Discloser(published),
                new Answering.PseudonymPort() {
                    @Override
                    public ProtectedRows.Namespaces namespaces(ProjectId id) {
                        return namespace -> pseudonyms.of(id, namespace)::pseudonym;
                    }

                    @Override
                    public Ruling.Tokens tokens(ProjectId id) {
                        return (namespace, token) ->
                                pseudonyms.of(id, namespace).raw(token);
                    }
                },
                Duration.ofSeconds(30),
                maximumRows);
        QueryRoad road = new QueryRoad(
                admission, current, statements, answering, audit, NoReleases::new, () -> "q" + ids.incrementAndGet());
        Asker asker = admission.admit(new PersonId(person), project, "s1").orThrow();
        return new Session(road, asker, audit);
    }

    /** One analyst at the desk. */
    public record Session(QueryDesk desk, Asker asker, RecordingAuditLog audit) {
        public Result run(String sql, @Nullable Object... parameters) {
            return run(false, sql, parameters);
        }

        /** With the {@code _sdc} columns. */
        public Result flagged(String sql, @Nullable Object... parameters) {
            return run(true, sql, parameters);
        }

        /** In a session of that time zone. */
        Result runIn(ZoneId zone, String sql, @Nullable Object... parameters) {
            return run(new QueryOptions(false, zone, Duration.ZERO), sql, parameters);
        }

        private Result run(boolean flags, String sql, @Nullable Object... parameters) {
            return run(new QueryOptions(flags, ZoneOffset.UTC, Duration.ZERO), sql, parameters);
        }

        /** With the {@code _sdc} columns, and parameters whose types the client says. */
        Result bound(String sql, List<@Nullable SqlType> types, List<@Nullable Object> parameters) {
            QueryOptions options = new QueryOptions(true, ZoneOffset.UTC, Duration.ZERO);
            return result(desk.prepare(asker, sql, types, options).then(p -> p.execute(parameters)));
        }

        private Result run(QueryOptions options, String sql, @Nullable Object... parameters) {
            Outcome<QueryDesk.Prepared> prepared = desk.prepare(asker, sql, List.of(), options);
            return result(prepared.then(p -> p.execute(java.util.Arrays.asList(parameters))));
        }

        private static Result result(Outcome<Answer> outcome) {
            return switch (outcome) {
                case Outcome.Refused<Answer>(Problem problem) -> new Result(List.of(), List.of(), List.of(), problem);
                case Outcome.Value<Answer>(Answer answer) -> {
                    List<List<@Nullable Object>> rows = new ArrayList<>();
                    answer.fetch(0, row -> rows.add(java.util.Arrays.asList(row)));
                    yield new Result(
                            answer.columns().stream().map(c -> c.label()).toList(), rows, answer.notices(), null);
                }
            };
        }
    }

    public record Result(
            List<String> labels,
            List<List<@Nullable Object>> rows,
            List<String> notices,
            @Nullable Problem problem) {}

    static final class NoReleases implements OwnReleases {
        @Override
        public Outcome<Line> request(Asker asker, String sql, String title, String note, String destination) {
            return Outcome.of(new Line("r1", title, "submitted", Instant.EPOCH, destination, null));
        }

        @Override
        public Outcome<List<Line>> list(Asker asker) {
            return Outcome.of(List.of(new Line("r1", "title", "submitted", Instant.EPOCH, "university-bucket", null)));
        }
    }

    /** Try statements by hand: arguments are person@project and statements. */
    public static void main(String[] args) {
        String[] who = args[0].split("@");
        Session session = shared().session(who[0], who[1]);
        for (int i = 1; i < args.length; i++) {
            long start = System.nanoTime();
            Result result = session.run(args[i]);
            System.out.println("> " + args[i] + "   [" + (System.nanoTime() - start) / 1_000_000 + " ms]");
            if (result.problem() != null) {
                System.out.println("  " + result.problem());
            } else {
                System.out.println("  " + result.labels() + " " + result.notices());
                result.rows().stream().limit(12).forEach(r -> System.out.println("  " + r));
            }
        }
        System.exit(0);
    }
}
