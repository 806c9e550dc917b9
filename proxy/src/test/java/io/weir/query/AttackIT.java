package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks from the literature on the demo hospital (attacks.txt). Each is asked in two worlds: a target and a decoy who look alike to every
 * analyst (same year of birth, sex, home, practice …) exchange their secret, a diagnosis with its cost. Whatever an analyst can tell apart
 * between the worlds is something about one person: a value, a hidden cell, a row more, a notice, a refusal.
 */
class AttackIT {
    private static final long TARGET = 9_000_001;
    private static final long DECOY = 9_000_002;
    private static final String SECRET =
            "select icd10 || ' ' || cost from hospital.admissions where patient_id = " + TARGET;

    private static final Map<String, List<DemoRoad.Result>> FIRST = new HashMap<>();
    private static final Map<String, List<DemoRoad.Result>> SECOND = new HashMap<>();
    /** The same with nothing rounded and only single people hidden: one person more or less in a cell is seen. */
    private static final Map<String, List<DemoRoad.Result>> FIRST_BARE = new HashMap<>();

    private static final Map<String, List<DemoRoad.Result>> SECOND_BARE = new HashMap<>();
    private static final List<String> SECRETS = new ArrayList<>();
    /** What was refused although the source had been asked before. */
    private static final List<String> REFUSED_TOO_LATE = new ArrayList<>();

    /** How many statements the source was asked. */
    private static int heard;

    record Attack(String family, String expected, String sql) {
        @Override
        public String toString() {
            return family + " " + sql;
        }
    }

    static Stream<Attack> attacks() {
        return lines().stream();
    }

    static Stream<Attack> permitted() {
        return lines().stream().filter(attack -> attack.expected().equals("SAME"));
    }

    static Stream<Attack> refused() {
        return lines().stream().filter(attack -> !attack.expected().equals("SAME"));
    }

    private static List<Attack> lines() {
        try (InputStream in = AttackIT.class.getResourceAsStream("attacks.txt")) {
            if (in == null) {
                throw new IllegalStateException("attacks.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", 3))
                    .map(parts -> new Attack(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void askInBothWorlds() throws SQLException, IOException {
        PolicySnapshot bare = DemoRoad.shared().policy("attack-bare", PolicyEdits.ofRules(PolicyEdits::bare));
        TestDatabase database = DemoRoad.shared().database;
        database.run(
                person(TARGET, "0000000042", "date '1971-03-12'"),
                person(DECOY, "0000000043", "date '1971-08-20'"),
                stay(9_000_001, TARGET),
                stay(9_000_002, DECOY));
        try {
            world(database, TARGET, DECOY);
            ask(DemoRoad.shared().policy, FIRST);
            ask(bare, FIRST_BARE);
            world(database, DECOY, TARGET);
            ask(DemoRoad.shared().policy, SECOND);
            ask(bare, SECOND_BARE);
        } finally {
            remove(database);
        }
    }

    @AfterAll
    static void forget() throws SQLException {
        remove(DemoRoad.shared().database);
    }

    private static void remove(TestDatabase database) throws SQLException {
        database.run(
                "delete from hospital.admissions where patient_id in (" + TARGET + ", " + DECOY + ")",
                "delete from hospital.patients where patient_id in (" + TARGET + ", " + DECOY + ")");
    }

    private static String person(long id, String nhsNumber, String born) {
        return "insert into hospital.patients select " + id + ", '" + nhsNumber + "', 'Name', 'Family" + id + "', "
                + born
                + ", 'F', ethnicity, lsoa, practice_code, imd_decile, false, registered, null from hospital.patients"
                + " where patient_id = (select min(patient_id) from hospital.patients where patient_id < 9000000"
                + " and not opted_out and ethnicity is not null and lsoa is not null)";
    }

    private static String stay(long id, long patient) {
        return "insert into hospital.admissions select " + id + ", " + patient
                + ", date '2024-03-12', date '2024-03-15', '21', 'E112', min(provider_code), 100, false, null"
                + " from hospital.providers";
    }

    private static void world(TestDatabase database, long holder, long other) throws SQLException {
        database.run(
                "update hospital.admissions set icd10 = 'C189', cost = 54321.09 where patient_id = " + holder,
                "update hospital.admissions set icd10 = 'E112', cost = 100 where patient_id = " + other);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SECRET)) {
            row.next();
            SECRETS.add(row.getString(1));
        }
    }

    private static void ask(PolicySnapshot policy, Map<String, List<DemoRoad.Result>> results) {
        DemoRoad road = DemoRoad.shared();
        for (Attack attack : lines()) {
            ListeningSource source = ListeningSource.to(road.connector);
            DemoRoad.Session session = road.session(
                    "ada", "diabetes", new MemoryPublishedAnswers(), new RecordingAuditLog(), source, () -> policy);
            List<DemoRoad.Result> answers = new ArrayList<>();
            for (String sql : attack.sql().split(" ;; ")) {
                int before = source.heard().size();
                DemoRoad.Result result = session.run(sql);
                answers.add(result);
                Problem problem = result.problem();
                // A table that is too large is known when it comes.
                if (problem != null
                        && problem.code() != ProblemCode.RESULT_TOO_LARGE
                        && source.heard().size() > before) {
                    REFUSED_TOO_LATE.add(sql);
                }
            }
            heard += source.heard().size();
            results.put(attack.sql(), answers);
        }
    }

    private static List<DemoRoad.Result> of(Map<String, List<DemoRoad.Result>> world, Attack attack) {
        return world.getOrDefault(attack.sql(), List.of());
    }

    @Test
    void theWorldsDifferAtTheSource() {
        assertThat(SECRETS).containsExactly("C189 54321.09", "E112 100.00");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void nothingAboutOnePersonCanBeToldApart(Attack attack) {
        assertThat(of(FIRST, attack)).isNotEmpty().isEqualTo(of(SECOND, attack));
        assertThat(of(FIRST, attack)).noneMatch(result -> FrontEndCrash.is(result.problem()));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void norWhereASinglePersonIsSeen(Attack attack) {
        assertThat(of(FIRST_BARE, attack)).isNotEmpty().isEqualTo(of(SECOND_BARE, attack));
        assertThat(of(FIRST_BARE, attack))
                .allSatisfy(result -> assertThat(result.problem() == null)
                        .as(String.valueOf(result.problem()))
                        .isEqualTo(attack.expected().equals("SAME")));
    }

    /** So that neither a refusal nor how long it takes depends on anybody's data. */
    @Test
    void whatIsRefusedIsRefusedBeforeTheSourceIsAsked() {
        assertThat(heard).isGreaterThan(400);
        assertThat(REFUSED_TOO_LATE).isEmpty();
    }

    @Tag("S32")
    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithItsCodeAndNoSecret(Attack attack) {
        for (DemoRoad.Result result : of(FIRST, attack)) {
            Problem problem = result.problem();
            assertThat(problem).isNotNull();
            if (problem == null) {
                return;
            }
            assertThat(problem.code()).isEqualTo(ProblemCode.valueOf(attack.expected()));
            if (problem.code().kind() == ProblemKind.POLICY) {
                assertThat(problem.detail()).isNotBlank();
                assertThat(problem.hint()).isNotBlank();
            }
            assertThat(problem.toString()).doesNotContain("0000000042", "Family9000001", "postgresql:", "Exception");
        }
    }

    @ParameterizedTest
    @MethodSource("permitted")
    void isAnsweredWithProtectedValues(Attack attack) {
        for (DemoRoad.Result result : of(FIRST, attack)) {
            assertThat(result.problem()).isNull();
            assertThat(result.rows().toString()).doesNotContain("54321.09", "0000000042");
        }
    }
}
