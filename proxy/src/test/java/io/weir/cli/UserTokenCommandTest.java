package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserTokenCommandTest {
    private final Shell shell = new Shell();

    @Test
    void aTokenIsPrintedOnceAloneOnStandardOutput() {
        assertThat(shell.run("user", "token", "issue", "ada", "--config", "weir.yaml", "--days", "7"))
                .as(shell.err)
                .isZero();
        String secret = shell.tokens.secrets.getFirst().reveal();
        assertThat(shell.out).isEqualTo(secret + System.lineSeparator());
        assertThat(shell.err).contains("valid until 2026-03-09 10:00 UTC").doesNotContain(secret);
        assertThat(shell.tokens.issued.getFirst().expiresAt()).isEqualTo(MemoryTokens.NOW.plus(Duration.ofDays(7)));

        assertThat(shell.run("user", "token", "list", "--config", "weir.yaml")).isZero();
        assertThat(shell.out).contains("ada").contains("command line").doesNotContain(secret);
        assertThat(shell.run("user", "token", "list", "--json", "--config", "weir.yaml"))
                .isZero();
        assertThat(shell.out).doesNotContain(secret);
    }

    @Test
    void jsonHoldsSecretAndFacts() throws Exception {
        assertThat(shell.run("user", "token", "issue", "ada", "--config", "w", "--json", "--label", "review at home"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(shell.out);
        assertThat(json.path("token").asText())
                .isEqualTo(shell.tokens.secrets.getFirst().reveal());
        assertThat(json.path("person").asText()).isEqualTo("ada");
        assertThat(json.path("label").asText()).isEqualTo("review at home");
        assertThat(json.path("expiresAt").asText()).isEqualTo("2026-05-31T10:00:00Z");
        assertThat(json.path("state").asText()).isEqualTo("valid");
    }

    @Test
    void aPersonThePolicyDoesNotNameIsRemarkedOn() {
        assertThat(shell.run("user", "token", "issue", "adda", "--config", "w")).isZero();
        assertThat(shell.err).contains("the policy names no adda");
        assertThat(shell.run("user", "token", "issue", "ada", "--config", "w")).isZero();
        assertThat(shell.err).doesNotContain("the policy names no");
    }

    @Test
    void oneTokenIsRevokedOnce() {
        shell.run("user", "token", "issue", "ada", "--config", "w");
        shell.run("user", "token", "issue", "ada", "--config", "w");
        String id = shell.tokens.issued.getFirst().id();
        assertThat(shell.run("user", "token", "revoke", "ada", "--id", id, "--config", "w"))
                .isZero();
        assertThat(shell.tokens.issued.get(0).revokedAt()).isNotNull();
        assertThat(shell.tokens.issued.get(1).revokedAt()).isNull();
        assertThat(shell.run("user", "token", "revoke", "ada", "--id", id, "--config", "w"))
                .isEqualTo(ExitCode.NO);
        assertThat(shell.err).contains("no token " + id);
        assertThat(shell.run("user", "token", "revoke", "ada", "--all", "--json", "--config", "w"))
                .isZero();
        assertThat(shell.out.strip()).isEqualTo("{\"person\":\"ada\",\"revoked\":true}");
        assertThat(shell.tokens.issued.get(1).revokedAt()).isNotNull();
    }

    @Test
    void besideARunningInstallationNothingIsChanged() {
        shell.tokens.running = true;
        assertThat(shell.run("user", "token", "issue", "ada", "--config", "w")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("nothing was changed").contains("in use by another process");
        assertThat(shell.out).isEmpty();
        assertThat(shell.run("user", "token", "list", "--config", "w")).isZero();
        assertThat(shell.out).contains("no token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user token",
                "user token issue ada",
                "user token issue Ada --config w",
                "user token issue ada --config w --days 0",
                "user token issue ada --config w --days 367",
                "user token issue ada --config w --days soon",
                "user token revoke ada --config w",
                "user token revoke ada --config w --id 123456789abc --all",
                "user token revoke ada --config w --id 12",
                "user token list"
            })
    void wrongUsageIsTwoAndChangesNothing(String line) {
        assertThat(shell.run(line.split(" "))).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("Usage: weir");
        assertThat(shell.out).isEmpty();
        assertThat(shell.tokens.issued).isEmpty();
    }
}
