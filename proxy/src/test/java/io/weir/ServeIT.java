package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.audit.format.LogDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation from its configuration file to its listeners, operated as the operator's pages say, without the quickstart. */
class ServeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestInstallation installation;

    @BeforeAll
    static void install(@TempDir Path directory) throws Exception {
        installation = TestInstallation.in(directory, """
                limits:
                  connectionsPerPerson: 2
                  statementBytes: 2000
                  resultRows: 100
                """);
        assertThat(add("ada").code()).isZero();
    }

    @AfterAll
    static void remove() throws Exception {
        installation.close();
    }

    private static TestInstallation.Answer add(String person) throws Exception {
        return installation.weir(
                "password of " + person + "\n",
                Map.of(),
                "user",
                "add",
                person,
                "--config",
                "weir.yaml",
                "--password-stdin");
    }

    private static String token(String person) throws Exception {
        TestInstallation.Answer issued =
                installation.weir("user", "token", "issue", person, "--config", "weir.yaml", "--days", "2");
        assertThat(issued.code()).as(issued.err()).isZero();
        assertThat(issued.err()).doesNotContain("names no");
        return issued.out().strip();
    }

    private static TestInstallation.Answer as(String token, TestInstallation.Running running, String... command)
            throws Exception {
        return installation.weir("", Map.of("WEIR_URL", running.url(), "WEIR_TOKEN", token), command);
    }

    @Test
    void fromTheConfigurationFileToAnAnswerAReviewAndAnOrderlyStop() throws Exception {
        assertThat(installation.weir("policy", "check", "policy").code()).isZero();
        String cora = token("cora");
        try (TestInstallation.Running running = installation.serve()) {
            try (Connection ada = running.connect("ada", "diabetes");
                    Statement statement = ada.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT sex, count(*) FROM hospital.patients GROUP BY sex ORDER BY sex")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(2)).isPositive();
            }
            assertThatThrownBy(() -> running.connect("ada", "password of ben", "diabetes"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));

            TestInstallation.Answer listed = as(cora, running, "release", "list", "--ca", "tls/server.pem", "--json");
            assertThat(listed.code()).as(listed.err()).isZero();
            assertThat(JSON.readTree(listed.out()).path("releases").isArray()).isTrue();
            assertThat(as("weir_wrong", running, "release", "list", "--ca", "tls/server.pem")
                            .code())
                    .isEqualTo(1);

            TestInstallation.Answer late = add("ben");
            assertThat(late.code()).isEqualTo(2);
            assertThat(late.err()).contains("nothing was changed").contains("in use by another process");
            TestInstallation.Answer tokens =
                    installation.weir("user", "token", "list", "--config", "weir.yaml", "--json");
            JsonNode line = JSON.readTree(tokens.out()).path("tokens").get(0);
            assertThat(line.path("person").asText()).isEqualTo("cora");
            assertThat(line.path("state").asText()).isEqualTo("valid");
            assertThat(tokens.out()).doesNotContain(cora);

            assertThat(running.stop()).as(Files.readString(running.log())).isZero();
            assertThat(Files.readString(running.log()))
                    .doesNotContain("password of")
                    .doesNotContain(cora);
        }
        logHolds();
        revoked(cora);
    }

    @Test
    void anOperatorReloadsThePolicyAndItIsInForceAtOnce() throws Exception {
        String otto = token("otto");
        String vera = token("vera");
        String decile = "SELECT imd_decile, count(*) FROM hospital.patients GROUP BY imd_decile";
        String agreement = "agreements/dsa-2026-001.yaml";
        String[] reload = {"policy", "reload", "--ca", "tls/server.pem"};
        try (TestInstallation.Running running = installation.serve();
                Connection ada = running.connect("ada", "diabetes");
                Statement statement = ada.createStatement()) {
            assertThat(rows(statement, decile)).isPositive();
            assertThat(decileColumns(ada)).isEqualTo(1);

            installation.changePolicy(agreement, "opted_out, notes]", "opted_out, nonsense]");
            installation.changePolicy("people/ben.yaml", "[flow]", "[nothing]");
            TestInstallation.Answer broken = as(otto, running, reload);
            assertThat(broken.code()).isEqualTo(1);
            assertThat(broken.err())
                    .contains("the policy in force is unchanged")
                    .containsPattern("(?m)^ *agreements/dsa-2026-001.yaml:\\d+: ")
                    .containsPattern("(?m)^ *people/ben.yaml:5: ");
            assertThat(rows(statement, decile)).isPositive();

            installation.changePolicy("people/ben.yaml", "[nothing]", "[flow]");
            installation.changePolicy(agreement, "opted_out, nonsense]", "opted_out, notes, imd_decile]");
            TestInstallation.Answer denied = as(vera, running, reload);
            assertThat(denied.code()).isEqualTo(1);
            assertThat(denied.err()).contains("role operator");
            assertThat(rows(statement, decile)).isPositive();
            TestInstallation.Answer done = as(otto, running, reload);
            assertThat(done.code()).as(done.err()).isZero();
            assertThat(done.out()).contains("is in force now");

            assertThatThrownBy(() -> rows(statement, decile))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42703"));
            assertThat(rows(statement, "SELECT sex, count(*) FROM hospital.patients GROUP BY sex"))
                    .isPositive();
            try (Connection later = running.connect("ada", "diabetes")) {
                assertThat(decileColumns(later)).isZero();
            }
            assertThat(as(otto, running, reload).out()).contains("was in force already");
            assertThat(running.stop()).isZero();
        } finally {
            installation.changePolicy(agreement, "opted_out, notes, imd_decile]", "opted_out, notes]");
        }
        logHolds();
    }

    private static int rows(Statement statement, String sql) throws SQLException {
        int count = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    private static int decileColumns(Connection connection) throws SQLException {
        int count = 0;
        try (ResultSet rows = connection.getMetaData().getColumns(null, "hospital", "patients", "imd_decile")) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void theLimitsOfTheFileApply() throws Exception {
        try (TestInstallation.Running running = installation.serve();
                Connection first = running.connect("ada", "flow");
                Connection second = running.connect("ada", "diabetes");
                Statement statement = first.createStatement()) {
            assertThatThrownBy(() -> running.connect("ada", "diabetes"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("53300");
                        assertThat(e.getMessage()).contains("Hint: Close a connection");
                    });
            assertThat(second.isValid(10)).isTrue();

            assertThatThrownBy(() -> rows(statement, "SELECT 1 -- " + "x".repeat(2_000)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54000"));

            String stays = "SELECT admission_id, method FROM hospital.admissions";
            assertThat(rows(statement, stays + " LIMIT 100")).isEqualTo(100);
            first.setAutoCommit(false);
            statement.setFetchSize(30);
            int read = 0;
            try (ResultSet rows = statement.executeQuery(stays)) {
                while (rows.next()) {
                    read++;
                }
                throw new AssertionError("a result was cut off silently after " + read + " rows");
            } catch (SQLException tooMany) {
                assertThat(tooMany.getSQLState()).isEqualTo("54000");
                assertThat(tooMany.getMessage()).contains("more than 100 rows").contains("LIMIT");
            }
            // The rows of the fetch in which the limit was passed never became a result for pgjdbc.
            assertThat(read).isEqualTo(90);
            first.rollback();
            assertThat(running.stop()).isZero();
        }
        logHolds();
    }

    @Test
    void anOperatorResumesADeliveryThatFailed() throws Exception {
        String cora = token("cora");
        String dev = token("dev");
        String otto = token("otto");
        Path key = installation.directory.resolve("secrets/sftp-user-key");
        Path hidden = key.resolveSibling("sftp-user-key.hidden");
        Files.move(key, hidden);
        try (TestInstallation.Running running = installation.serve()) {
            String id;
            try (Connection ada = running.connect("ada", "flow");
                    Statement statement = ada.createStatement();
                    ResultSet asked = statement.executeQuery("CALL weir.request_release(query =>"
                            + " $$SELECT sex, count(*) FROM hospital.patients GROUP BY sex$$, title => 'People',"
                            + " purpose_note => 'For the board', destination => 'council-sftp')")) {
                assertThat(asked.next()).isTrue();
                id = asked.getString(1);
            }
            for (String checker : new String[] {cora, dev}) {
                TestInstallation.Answer vote = as(checker, running, "release", "approve", id, "--ca", "tls/server.pem");
                assertThat(vote.code()).as(vote.err()).isZero();
            }
            assertThat(waitFor("failed", id, otto, running)).isEqualTo("failed");
            TestInstallation.Answer denied = as(cora, running, "release", "resume", id, "--ca", "tls/server.pem");
            assertThat(denied.code()).isEqualTo(1);
            assertThat(denied.err()).contains("role operator");
            Files.move(hidden, key);
            TestInstallation.Answer resumed = as(otto, running, "release", "resume", id, "--ca", "tls/server.pem");
            assertThat(resumed.code()).as(resumed.err()).isZero();
            // Delivered requests are no longer under way.
            assertThat(waitFor("", id, otto, running)).isEmpty();
            try (var delivered = Files.walk(installation.directory.resolve("council/root/incoming"))) {
                assertThat(delivered.map(Path::toString)).anyMatch(name -> name.contains(id));
            }
            assertThat(running.stop()).isZero();
        }
        logHolds();
    }

    /** Asks as an operator until the request is in that state; empty means no longer under way. */
    private static String waitFor(String state, String id, String operator, TestInstallation.Running running)
            throws Exception {
        String seen = "";
        for (int i = 0; i < 30; i++) {
            TestInstallation.Answer listed =
                    as(operator, running, "release", "list", "--under-way", "--json", "--ca", "tls/server.pem");
            assertThat(listed.code()).as(listed.err()).isZero();
            seen = "";
            for (JsonNode release : JSON.readTree(listed.out()).path("releases")) {
                if (release.path("id").asText().equals(id)) {
                    seen = release.path("state").asText();
                }
            }
            if (seen.equals(state)) {
                return seen;
            }
            Thread.sleep(500);
        }
        return seen;
    }

    private static void revoked(String token) throws Exception {
        assertThat(installation
                        .weir("user", "token", "revoke", "cora", "--all", "--config", "weir.yaml")
                        .code())
                .isZero();
        try (TestInstallation.Running running = installation.serve()) {
            TestInstallation.Answer refused = as(token, running, "release", "list", "--ca", "tls/server.pem");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("revoked");
            assertThat(running.stop()).isZero();
        }
        logHolds();
    }

    private static void logHolds() throws Exception {
        LogDescription description =
                LogDescription.parse(Files.readAllBytes(installation.directory.resolve("audit/log.json")));
        Files.writeString(
                installation.directory.resolve("auditor.txt"), description.key().encode() + "\n");
        TestInstallation.Answer verified = installation.weir("audit", "verify", "audit", "--keys", "auditor.txt");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("VALID");
    }

    @Test
    void everyProblemOfTheConfigurationIsToldWithItsLine() throws Exception {
        Path broken = installation.directory.resolve("broken.yaml");
        Files.writeString(
                broken,
                Files.readString(installation.config)
                        .replace("port: 0}\n  web", "port: many}\n  web")
                        .replace("origin: ", "orign: "));
        TestInstallation.Answer serve = installation.weir("serve", "--config", "broken.yaml");
        assertThat(serve.code()).isEqualTo(2);
        assertThat(serve.err())
                .containsPattern("(?m)^broken.yaml:2: listen.postgres.port: ")
                .containsPattern("(?m)^broken.yaml:\\d+: audit.orign: unknown setting \\(did you mean 'audit.origin'")
                .contains("'audit.origin' is missing");
        TestInstallation.Answer add =
                installation.weir("p\n", Map.of(), "user", "add", "ben", "--config", "broken.yaml", "--password-stdin");
        assertThat(add.code()).isEqualTo(2);
        assertThat(add.err()).contains("broken.yaml:2: listen.postgres.port");
        assertThat(add.out()).isEmpty();
    }

    @Test
    void everySecretThatCannotBeReadIsTold() throws Exception {
        Path broken = installation.directory.resolve("secretless.yaml");
        Files.writeString(
                broken,
                Files.readString(installation.config)
                        .replace("WEIR_SHADOW_PASSWORD", "WEIR_NO_SUCH_VARIABLE")
                        .replace("secrets/audit-signing-key", "secrets/nowhere"));
        TestInstallation.Answer serve = installation.weir("serve", "--config", "secretless.yaml");
        assertThat(serve.code()).isEqualTo(2);
        assertThat(serve.err())
                .contains("secretless.yaml: shadowCatalogue.password: environment variable WEIR_NO_SUCH_VARIABLE")
                .contains("secretless.yaml: audit.signingKey: there is no readable secret file secrets/nowhere");
    }

    @Test
    void everyProblemOfThePolicyIsToldWithFileAndLine() throws Exception {
        Path people = installation.directory.resolve("policy/people");
        String ada = Files.readString(people.resolve("ada.yaml"));
        String ben = Files.readString(people.resolve("ben.yaml"));
        try {
            Files.writeString(people.resolve("ada.yaml"), ada.replace("[analyst]", "[wizard]"));
            Files.writeString(people.resolve("ben.yaml"), ben.replace("[flow]", "[nothing]"));
            TestInstallation.Answer serve = installation.weir("serve", "--config", "weir.yaml");
            assertThat(serve.code()).isEqualTo(2);
            assertThat(serve.err())
                    .containsPattern("(?m)^people/ada.yaml:4: ")
                    .containsPattern("(?m)^people/ben.yaml:5: ");
        } finally {
            Files.writeString(people.resolve("ada.yaml"), ada);
            Files.writeString(people.resolve("ben.yaml"), ben);
        }
    }
}
