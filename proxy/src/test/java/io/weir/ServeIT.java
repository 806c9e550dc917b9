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
        installation = TestInstallation.in(directory, "");
        assertThat(add("ada").code()).isZero();
    }

    @AfterAll
    static void remove() {
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
            try (Connection ada = running.connect("ada", "password of ada", "diabetes");
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
