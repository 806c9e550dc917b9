package io.weir.bench;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.policy.PolicyAdmission;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.load.PolicyLoad;
import io.weir.policy.load.PolicyLoader;
import io.weir.problem.Outcome;
import io.weir.query.Explaining;
import io.weir.query.Statements;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.shadow.EmbeddedShadowServer;
import io.weir.query.catalog.shadow.ShadowCatalogue;
import io.weir.query.catalog.shadow.ShadowLimits;
import io.weir.query.parse.SqlFrontEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.util.PGobject;

/**
 * The statement that Weir sends to the source for a question: taken from the same road as {@code weir policy explain}, so that the direct
 * side always runs what the proxy runs.
 *
 * @param binds type and value, in order
 */
record Generated(String sql, List<Bind> binds) {
    Generated {
        binds = List.copyOf(binds);
    }

    record Bind(String type, String value) {}

    /**
     * @param person demo analyst
     * @param sql without parameters
     */
    record Question(String person, String project, String sql) {}

    /** The first generated statement of each question: the cells of a block, the rows, or the reference data. */
    static List<Generated> of(Installation installation, List<Question> questions) throws IOException {
        PolicySnapshot policy =
                switch (new PolicyLoader(name -> Optional.ofNullable(System.getenv(name))).load(installation.policy())) {
                    case PolicyLoad.Loaded(PolicySnapshot loaded) -> loaded;
                    case PolicyLoad.Rejected(var problems) ->
                        throw new IOException("the policy has problems, first: " + problems.getFirst());
                };
        PolicyAdmission admission = new PolicyAdmission(() -> policy, Clock.systemUTC(), ZoneId.of("Europe/London"));
        SecureRandom random = new SecureRandom();
        List<Generated> all = new ArrayList<>();
        Path directory = Files.createTempDirectory("weir-bench");
        try (ShadowCatalogue shadow = new ShadowCatalogue(
                        new EmbeddedShadowServer(directory, installation.binaries(), random),
                        ShadowLimits.standard(),
                        random);
                SqlFrontEnd frontEnd = new SqlFrontEnd()) {
            Explaining explaining = new Explaining(new Statements(new SchemaViews(), shadow.typeOracle(), frontEnd));
            for (Question question : questions) {
                Outcome<Asker> asker =
                        admission.admit(new PersonId(question.person()), question.project(), "benchmark");
                Explaining.Generated first = explaining
                        .explain(policy, asker.orThrow(), question.sql())
                        .orThrow()
                        .statements()
                        .getFirst();
                all.add(new Generated(
                        first.sql(), first.binds().stream().map(Generated::bind).toList()));
            }
        } finally {
            remove(directory);
        }
        return all;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Bind bind(String typeAndValue) {
        int space = typeAndValue.indexOf(' ');
        return new Bind(typeAndValue.substring(0, space), typeAndValue.substring(space + 1));
    }

    /**
     * Sets the binds with some values exchanged.
     *
     * @param exchanged from the value in the question that was explained to the value to ask with; each must be there
     */
    void bind(PreparedStatement statement, Map<String, String> exchanged) throws SQLException {
        Map<String, String> open = new LinkedHashMap<>(exchanged);
        for (int i = 0; i < binds.size(); i++) {
            String value = open.remove(binds.get(i).value());
            PGobject object = new PGobject();
            object.setType(binds.get(i).type());
            object.setValue(value == null ? binds.get(i).value() : value);
            statement.setObject(i + 1, object);
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException("the generated statement has no bind for " + open.keySet());
        }
    }
}
