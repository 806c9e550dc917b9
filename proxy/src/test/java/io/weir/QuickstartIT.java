package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a newcomer runs it: everything embedded, the whole tour, twice on one state directory. */
class QuickstartIT {
    @TempDir
    private Path directory;

    private record Run(int code, String printed) {}

    private Run run(boolean clean) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code = Quickstart.run(
                directory.resolve("state"),
                true,
                clean,
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                Clock.systemUTC(),
                new SecureRandom());
        return new Run(code, bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theTourHoldsOnAFreshStateAndAgainOnTheSameOne() throws Exception {
        Run first = run(false);
        assertThat(first.code()).as(first.printed()).isZero();
        assertThat(first.printed())
                .contains("All steps held.")
                .contains("Hint:")
                .contains("VALID")
                .as("what was shown inside may be released, but for what the stricter profile hides")
                .containsPattern("African,\\d+,\\d+")
                .doesNotContain("[history]");

        Path state = directory.resolve("state");
        JsonNode connections =
                new ObjectMapper().readTree(state.resolve("connections.json").toFile());
        assertThat(connections.at("/postgres/users/ada@diabetes/psql").asText()).startsWith("postgresql://ada:");
        assertThat(connections.at("/http/tokens/cora").asText()).isNotBlank();
        assertThat(connections.at("/http/tokensByRole/checker/cora")).isEqualTo(connections.at("/http/tokens/cora"));
        assertThat(connections.at("/http/tokensByRole/operator/otto").asText()).isNotBlank();
        List<String> users = new ArrayList<>();
        connections
                .at("/postgres/users")
                .properties()
                .forEach(u -> users.add(
                        u.getKey() + " " + u.getValue().path("refused").asText()));
        assertThat(users)
                .containsExactly(
                        "ada@diabetes null",
                        "ada@flow null",
                        "ada@maternity AGREEMENT_INACTIVE",
                        "ada@respiratory AGREEMENT_INACTIVE",
                        "ben@flow null",
                        "tess@diabetes NOT_A_MEMBER");
        assertThat(connections.at("/postgres/users/ada@maternity/jdbc").asText())
                .matches("jdbc:postgresql://localhost:\\d+/maternity\\?user=ada&password=\\w+"
                        + "&sslmode=verify-full&sslrootcert=/.*");
        assertThat(connections.at("/recipientPrivateKey").asText()).startsWith("AGE-SECRET-KEY-1");
        assertThat(connections.at("/source/url").asText()).startsWith("jdbc:postgresql://");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("connections.json"))))
                .isEqualTo("rw-------");

        Run second = run(false);
        assertThat(second.code()).as(second.printed()).isZero();
        assertThat(second.printed()).doesNotContain("filling the hospital");
        // What was answered once is answered the same again.
        assertThat(table(second.printed())).isEqualTo(table(first.printed()));

        aStepThatFailsIsTheExitCode(state);
        itRunsUntilItIsInterruptedAndLeavesNothingBehind(state);
    }

    /** Another recipient's key: what arrived cannot be opened with it. */
    private void aStepThatFailsIsTheExitCode(Path state) throws Exception {
        Path identity = state.resolve("secrets/recipient.agekey");
        String right = Files.readString(identity);
        Files.writeString(
                identity,
                new X25519KeyPairGenerator().generateKeyPair().getPrivate().toString());
        Run run = run(false);
        Files.writeString(identity, right);
        assertThat(run.code()).as(run.printed()).isEqualTo(1);
        assertThat(run.printed()).contains("FAILED:").contains("1 step failed.").doesNotContain("All steps held.");
        assertThat(run.printed().lines().dropWhile(l -> !l.contains("The bundles arrive")))
                .as("the steps after it still run")
                .anyMatch(l -> l.contains("VALID"));
    }

    /** As a process of its own, ended by the signal that Ctrl-C sends. */
    private static void itRunsUntilItIsInterruptedAndLeavesNothingBehind(Path state) throws Exception {
        Path printed = state.resolveSibling("printed.txt");
        Process process = WeirProcess.of(
                        List.of("--enable-native-access=ALL-UNNAMED"), "quickstart", "--state", state.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            Instant deadline = Instant.now().plusSeconds(180);
            while (!Files.readString(printed).contains("Stop with Ctrl-C.")) {
                assertThat(process.isAlive()).as(Files.readString(printed)).isTrue();
                assertThat(Instant.now()).isBefore(deadline);
                Thread.sleep(100);
            }
            List<ProcessHandle> children = process.descendants().toList();
            assertThat(children).as("three PostgreSQL servers").hasSizeGreaterThanOrEqualTo(3);
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(25, TimeUnit.SECONDS))
                    .as("stops at once")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(printed).content().contains("weir: stopping").doesNotContain("did not stop");
        } finally {
            process.destroyForcibly();
        }
    }

    /** The first protected table of the tour. */
    private static String table(String printed) {
        int start = printed.indexOf("ethnicity ");
        return printed.substring(start, printed.indexOf("NOTICE", start));
    }

    @Test
    void aDirectoryOfSomebodyElseIsLeftAlone() throws Exception {
        Path state = Files.createDirectories(directory.resolve("state"));
        Path precious = Files.writeString(state.resolve("thesis.txt"), "years of work");
        assertThat(run(true).code()).isEqualTo(1);
        assertThat(run(false).code()).isEqualTo(1);
        assertThat(precious).hasContent("years of work");
    }
}
