package io.weir.query;

import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.embedded.TestPostgres;
import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.policy.Agreement;
import io.weir.policy.PolicyAdmission;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.query.answer.QueryOptions;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.TypeOracle;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
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

    /**
     * @param more statements that make more tables
     * @param change of the policy that tells what they are
     * @param open the same for the policy that protects nothing
     */
    private HonestRoad(String name, String more, DemoRoad.PolicyChange change, DemoRoad.PolicyChange open)
            throws IOException, SQLException {
        database = TestPostgres.createDatabase();
        database.run(resource("hospital.sql"), resource("omop.sql"), resource("rounded.sql"), more);
        protecting = policy(name, text -> text, change);
        transparent = policy(name + "-transparent", PolicyEdits::bare, open);
        shadow = new ShadowCatalogue(
                new EmbeddedShadowServer(
                        TestPostgres.temporaryDirectory().resolve("shadow"),
                        TestPostgres.binariesCache(),
                        new SecureRandom()),
                ShadowLimits.standard(),
                new SecureRandom());
        statements = new Statements(views, shadow.typeOracle(), new SqlFrontEnd());
        connector = DemoRoad.connector(database);
    }

    static synchronized HonestRoad shared() {
        try {
            if (shared == null) {
                shared = under("honest", directory -> {});
            }
            return shared;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With more of the common data model. */
    static HonestRoad wide() throws IOException, SQLException {
        return new HonestRoad("wide", WideModel.ddl(), WideModel::policy, WideModel::policy);
    }

    /** With TPC-H's tables beside. */
    static HonestRoad tpch(String unit) throws IOException, SQLException {
        return new HonestRoad(
                "tpch",
                resource("/tpch.sql"),
                TpchModel.policy(unit, text -> text),
                TpchModel.policy(unit, PolicyEdits::bare));
    }

    /** Under another policy. */
    static HonestRoad under(String name, DemoRoad.PolicyChange change) throws IOException, SQLException {
        return new HonestRoad(name, "SELECT 1", change, change);
    }

    static String resource(String name) {
        try (InputStream in = HonestRoad.class.getResourceAsStream(name.startsWith("/") ? name : "/honest/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param edit of each file */
    private PolicySnapshot policy(String folder, UnaryOperator<String> edit, DemoRoad.PolicyChange change)
            throws IOException {
        return DemoRoad.policy(database, folder, directory -> {
            for (String part : List.of("datasets", "agreements", "projects")) {
                for (Path file : PolicyEdits.files(directory.resolve(part))) {
                    Files.delete(file);
                }
            }
            Path own = Path.of("src/test/resources/honest/policy");
            try (Stream<Path> files = Files.walk(own)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = directory.resolve(own.relativize(file).toString());
                    Files.writeString(target, edit.apply(Files.readString(file)));
                }
            }
            for (Path file : PolicyEdits.files(directory.resolve("people"))) {
                Files.writeString(
                        file, Files.readString(file).replaceAll("projects: \\[.*]", "projects: [cohort, omop]"));
            }
            change.of(directory);
        });
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
                DemoRoad.NoReleases::new,
                () -> "q" + ids.incrementAndGet());
        Asker asker = admission.admit(new PersonId("ada"), project, "s1").orThrow();
        return new DemoRoad.Session(road, asker, audit);
    }

    /** Reads a statement as the road does, without a ruling. */
    void read(String project, String sql) {
        Parts parts = parts(project);
        statements.read(new PersonId("ada"), parts.policy(), parts.agreement(), sql, List.of());
    }

    /** What statements of a project are read and ruled with. */
    record Parts(PolicySnapshot policy, Agreement agreement, Statements statements, TypeOracle oracle) {}

    Parts parts(String project) {
        return new Parts(
                protecting,
                protecting.agreements().values().stream()
                        .filter(a -> a.project().value().equals(project))
                        .findFirst()
                        .orElseThrow(),
                statements,
                shadow.typeOracle());
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
}
