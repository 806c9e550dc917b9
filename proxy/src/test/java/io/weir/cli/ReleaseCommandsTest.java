package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.query.session.TestCertificate;
import io.weir.release.request.Ballot;
import io.weir.release.review.Remarks;
import io.weir.web.FakeOperators;
import io.weir.web.FakeRequests;
import io.weir.web.WebWorld;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReleaseCommandsTest {
    private static final String ID = FakeRequests.ADAS;

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    private WebWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new WebWorld(directory, 4);
        Files.writeString(
                directory.resolve("connections.json"),
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "http",
                                Map.of(
                                        "url", world.url().toString(),
                                        "caFile",
                                                world.certificate
                                                        .certificate()
                                                        .getFileName()
                                                        .toString(),
                                        "tokens",
                                                Map.of(
                                                        "ada", WebWorld.token("ada"),
                                                        "cora", WebWorld.token("cora"),
                                                        "otto", WebWorld.token("otto"))))));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int as(String person, String... arguments) {
        List<String> all = new ArrayList<>(List.of("release"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--state", directory.toString(), "--as", person));
        return shell.run(all.toArray(new String[0]));
    }

    @Test
    void requestsAreListedAsATable() {
        assertThat(as("ada", "list")).as(shell.err).isZero();
        assertThat(shell.out.lines().toList()).hasSize(3);
        assertThat(shell.out).contains("ID", "STATE", ID, "submitted", "ROWS", "COLUMNS", "2026-03-02 09:00 UTC");
    }

    @Test
    void wordsOfOthersCannotSteerTheTerminal() {
        assertThat(as("ada", "list")).isZero();
        assertThat(shell.out).contains("Strokes\uFFFD[2J by provider").doesNotContain("\u001b");
    }

    @Test
    void aMachineGetsTheJsonOfTheApi() throws Exception {
        assertThat(as("ada", "list", "--json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(shell.out)
                        .path("releases")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(ID);
    }

    @Test
    void anOperatorFindsWhatIsStuckAndResumesIt() {
        assertThat(as("otto", "list", "--under-way")).as(shell.err).isZero();
        assertThat(shell.out).contains(FakeOperators.STUCK, "failed");
        assertThat(as("otto", "resume", FakeOperators.STUCK)).as(shell.err).isZero();
        assertThat(shell.out).contains(FakeOperators.STUCK + " is approved");
        assertThat(as("otto", "resume", FakeOperators.STUCK)).isEqualTo(ExitCode.NO);
        assertThat(as("cora", "resume", FakeOperators.STUCK)).isEqualTo(ExitCode.NO);
        assertThat(shell.err).contains("role operator");
        assertThat(as("otto", "resume", "../" + FakeOperators.STUCK)).isEqualTo(ExitCode.UNUSABLE);
    }

    @Test
    void anOperatorReloadsThePolicyOrReadsEveryProblem() {
        String[] reload = {"policy", "reload", "--state", directory.toString(), "--as", "otto"};
        assertThat(shell.run(reload)).as(shell.err).isZero();
        assertThat(shell.out).contains("policy " + "ef".repeat(32) + " is in force now");
        world.operators.problems = List.of(
                new YamlProblem("people/ada.yaml", 4, "roles[0]", "unknown role\u001b[2J", "write analyst"),
                new YamlProblem("projects/x.yaml", 0, "", "no agreement", ""));
        assertThat(shell.run(reload)).isEqualTo(ExitCode.NO);
        assertThat(shell.err)
                .contains("the policy in force is unchanged")
                .contains("  people/ada.yaml:4: roles[0]: unknown role\uFFFD[2J (write analyst)")
                .contains("  projects/x.yaml: no agreement" + System.lineSeparator());
        assertThat(shell.out).isEmpty();
    }

    @Test
    void aCheckerReadsWhyCellsAreHidden() {
        assertThat(as("cora", "show", ID)).as(shell.err).isZero();
        assertThat(shell.out)
                .contains("hidden [c] [1]")
                .contains("[1] fewer people than the profile's threshold stand behind it (minimum-frequency): 1 cells")
                .contains("~120")
                .contains("threshold 10")
                .contains("3 cells shown, 1 hidden")
                .containsPattern("RX2 +people +0 +17 +minimum-frequency");
    }

    @Test
    void anAuthorReadsOnlyThatCellsAreHidden() {
        assertThat(as("ada", "show", ID)).as(shell.err).isZero();
        assertThat(shell.out)
                .contains("hidden [c]")
                .contains("1 hidden to protect people")
                .doesNotContain("HIDDEN NUMBER")
                .doesNotContain("[1]")
                .doesNotContain("minimum-frequency")
                .doesNotContain("threshold");
    }

    @Test
    void aCheckerApproves() {
        assertThat(as("cora", "approve", ID, "--private-comment", "looked twice"))
                .as(shell.err)
                .isZero();
        assertThat(shell.out).startsWith(ID + " is partially_reviewed");
        assertThat(Objects.requireNonNull(world.checkers.cast).ballot()).isEqualTo(Ballot.APPROVE);
        assertThat(world.checkers.cast.remarks()).isEqualTo(new Remarks(null, "looked twice"));
        assertThat(as("cora", "approve", ID)).isEqualTo(ExitCode.NO);
        assertThat(shell.err).contains("voted already");
    }

    @Test
    void aRejectionNeedsAReason() {
        assertThat(as("cora", "reject", ID)).isEqualTo(ExitCode.UNUSABLE);
        assertThat(world.checkers.cast).isNull();
        assertThat(as("cora", "reject", ID, "--comment", "too detailed"))
                .as(shell.err)
                .isZero();
        assertThat(Objects.requireNonNull(world.checkers.cast).ballot()).isEqualTo(Ballot.REJECT);
        assertThat(world.checkers.cast.remarks()).isEqualTo(Remarks.forAuthor("too detailed"));
    }

    @Test
    void aReturnIsCastAsOne() {
        assertThat(as("cora", "return", ID, "--comment", "round it"))
                .as(shell.err)
                .isZero();
        assertThat(Objects.requireNonNull(world.checkers.cast).ballot()).isEqualTo(Ballot.REQUEST_CHANGES);
    }

    @Test
    void anAuthorWithdraws() {
        assertThat(as("ada", "withdraw", ID)).as(shell.err).isZero();
        assertThat(shell.out).startsWith(ID + " is withdrawn");
    }

    @Test
    void aRefusalIsOneAndReadable() throws Exception {
        assertThat(as("ada", "approve", ID)).isEqualTo(ExitCode.NO);
        assertThat(shell.err).contains("This person may not do that.").contains("role checker");
        assertThat(as("ada", "approve", ID, "--json")).isEqualTo(ExitCode.NO);
        assertThat(new ObjectMapper().readTree(shell.out).path("code").asText()).isEqualTo("NOT_PERMITTED");
        assertThat(as("ada", "show", "req-zzzzzzzzzzzzzzzz")).isEqualTo(ExitCode.NO);
        assertThat(shell.err).contains("no such request");
    }

    @Test
    void urlTokenAndAuthorityCanBeGivenOneByOne() {
        shell.environment.put("WEIR_TOKEN", WebWorld.token("cora"));
        String authority = world.certificate.certificate().toString();
        assertThat(shell.run("release", "list", "--url", world.url().toString(), "--ca", authority))
                .as(shell.err)
                .isZero();
        assertThat(shell.run("release", "list", "--url", world.url().toString(), "--ca", authority, "--token", "wrong"))
                .isEqualTo(ExitCode.NO);
        assertThat(shell.err).contains("Authentication failed").doesNotContain("wrong");
    }

    @Test
    void anUntrustedServerGetsNoToken() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        String other = TestCertificate.in(elsewhere).certificate().toString();
        assertThat(shell.run("release", "list", "--url", world.url().toString(), "--token", "t", "--ca", other))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("cannot reach");
        assertThat(world.audit.events).isEmpty();
    }

    @Test
    void whatCannotBeReachedIsTwo() {
        world.storeAnswers = false;
        assertThat(as("ada", "list")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("503");
        world.close();
        assertThat(as("ada", "list")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("cannot reach").doesNotContain("token-of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release list",
                "release list --url http://localhost --token t",
                "release list --url https:// --token t",
                "release list --state x",
                "release list --state x --as ada --token t",
                "release show ../../x --url https://localhost --token t"
            })
    void anIncompleteConnectionIsTwo(String line) {
        assertThat(shell.run(line.split(" "))).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("Usage: weir release");
    }

    @Test
    void aStateWithoutThatPersonIsTwo() {
        assertThat(as("nobody", "list")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("no token for 'nobody'");
        assertThat(shell.run(
                        "release", "list", "--state", directory.resolve("none").toString(), "--as", "ada"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("is the quickstart running?");
    }
}
