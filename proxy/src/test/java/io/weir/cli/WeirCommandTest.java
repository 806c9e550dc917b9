package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import io.weir.demo.data.DemoPolicy;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class WeirCommandTest {
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    static Stream<String> everyCommand() {
        List<String> names = new ArrayList<>();
        collect(
                "",
                new Shell()
                        .command(
                                new PrintStream(PrintStream.nullOutputStream()),
                                new PrintStream(PrintStream.nullOutputStream()))
                        .commandLine(),
                names);
        return names.stream();
    }

    private static void collect(String prefix, CommandLine command, List<String> names) {
        names.add(prefix);
        command.getSubcommands().forEach((name, sub) -> collect((prefix + " " + name).strip(), sub, names));
    }

    @Test
    void theCommandsOfTheReadmeAreThere() {
        assertThat(everyCommand())
                .contains(
                        "quickstart",
                        "serve",
                        "policy check",
                        "policy explain",
                        "policy reload",
                        "release list",
                        "release show",
                        "release approve",
                        "release reject",
                        "release resume",
                        "audit verify",
                        "user add",
                        "user token issue",
                        "user token list",
                        "user token revoke");
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandHasHelp(String name) {
        List<String> arguments = new ArrayList<>(name.isEmpty() ? List.of() : List.of(name.split(" ")));
        arguments.add("--help");
        assertThat(shell.run(arguments.toArray(new String[0]))).isEqualTo(ExitCode.FINE);
        assertThat(shell.out).contains("Usage: weir" + (name.isEmpty() ? "" : " " + name));
        assertThat(shell.err).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "policy",
                "release",
                "audit",
                "user",
                "serve",
                "policy check",
                "audit verify x",
                "release show",
                "quickstart --frobnicate"
            })
    void wrongUsageIsTwo(String line) {
        assertThat(shell.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("Usage: weir");
        assertThat(shell.out).isEmpty();
        assertThat(shell.ran).isEmpty();
    }

    @Test
    void aMistypedCommandIsTwoAndCorrected() {
        assertThat(shell.run("releas")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("Did you mean").contains("weir release");
    }

    @Test
    void serveAndQuickstartPassTheirAnswersOn() {
        shell.runnerCode = 1;
        assertThat(shell.run("serve", "--config", "/etc/weir.yaml")).isEqualTo(1);
        shell.runnerCode = 0;
        assertThat(shell.run("quickstart", "--state", "/var/w", "--exit", "--clean"))
                .isZero();
        assertThat(shell.run("quickstart")).isZero();
        assertThat(shell.ran)
                .containsExactly(
                        "serve /etc/weir.yaml",
                        "quickstart /var/w true true",
                        "quickstart " + Path.of(".weir").toAbsolutePath() + " false false");
    }

    @Test
    void aGoodPolicyIsFine() throws Exception {
        installPolicy();
        assertThat(shell.run("policy", "check", directory.toString()))
                .as(shell.out)
                .isZero();
        assertThat(shell.run("policy", "check", "--json", directory.toString())).isZero();
        assertThat(new ObjectMapper().readTree(shell.out).path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void aBrokenPolicyIsNotFine() throws Exception {
        installPolicy();
        Files.writeString(directory.resolve("people/ada.yaml"), "id: ada\nname: Ada\nroles: [wizard]\n");
        assertThat(shell.run("policy", "check", "--json", directory.toString())).isEqualTo(ExitCode.NO);
        JsonNode problem =
                new ObjectMapper().readTree(shell.out).path("problems").get(0);
        assertThat(problem.path("file").asText()).isNotBlank();
        assertThat(shell.run("policy", "check", directory.resolve("missing").toString()))
                .isEqualTo(ExitCode.UNUSABLE);
    }

    @Test
    void whatDoesNotLoadIsNotExplained() throws Exception {
        assertThat(shell.run(
                        "policy",
                        "explain",
                        "--policy",
                        directory.resolve("no").toString(),
                        "--as",
                        "ada@diabetes",
                        "SELECT 1"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("there is no directory").doesNotContain("Exception");
        installPolicy();
        assertThat(shell.run("policy", "explain", "--policy", directory.toString(), "--as", "ada", "SELECT 1"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("PERSON@PROJECT");
    }

    @Test
    void whoIsNotAMemberIsRefusedWithoutStartingAnything() throws Exception {
        installPolicy();
        assertThat(shell.run("policy", "explain", "--policy", directory.toString(), "--as", "ben@diabetes", "SELECT 1"))
                .as(shell.err)
                .isEqualTo(ExitCode.NO);
        assertThat(shell.out).startsWith("REFUSED    NOT_A_MEMBER");
        assertThat(shell.run(
                        "policy",
                        "explain",
                        "--json",
                        "--policy",
                        directory.toString(),
                        "--as",
                        "ben@diabetes",
                        "SELECT 1"))
                .isEqualTo(ExitCode.NO);
        assertThat(new ObjectMapper().readTree(shell.out).path("code").asText()).isEqualTo("NOT_A_MEMBER");
    }

    private void installPolicy() throws IOException {
        DemoPolicy.install(
                directory,
                Map.of(
                        DemoPolicy.SOURCE_URL, "jdbc:postgresql://localhost/hospital",
                        DemoPolicy.RECIPIENT, "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg",
                        DemoPolicy.BUCKET_ENDPOINT, "https://localhost:9000",
                        DemoPolicy.BUCKET_CA_FILE, "ca.pem",
                        DemoPolicy.SFTP_HOST, "localhost",
                        DemoPolicy.SFTP_PORT, "2222",
                        DemoPolicy.SFTP_HOST_KEY,
                                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"));
    }

    @Test
    void aLogThatCannotBeReadIsTwo() throws Exception {
        Path keys = directory.resolve("keys");
        assertThat(shell.run("audit", "verify", directory.toString(), "--keys", keys.toString()))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.out).startsWith("Cannot verify");
    }

    @Test
    void aSecretIsMadeFromStandardInput() {
        shell.input = "correct horse\nsecond line\n";
        assertThat(shell.run("user", "add", "ada", "--password-stdin"))
                .as(shell.err)
                .isZero();
        ScramSecret secret = ScramSecret.parse(shell.out.strip());
        assertThat(secret.iterations()).isEqualTo(4096);
        assertThat(secret.salt()).hasSize(16);
        assertThat(secret)
                .isEqualTo(ScramDerivation.derive("correct horse".toCharArray(), secret.salt(), 4096))
                .isNotEqualTo(ScramDerivation.derive("correct mule".toCharArray(), secret.salt(), 4096));
        assertThat(shell.written).isEmpty();
        assertThat(shell.run("user", "add", "ada", "--password-stdin")).isZero();
        assertThat(ScramSecret.parse(shell.out.strip()).salt()).isNotEqualTo(secret.salt());
    }

    /** RFC 7677 section 3: what the client of that exchange proves. */
    @Test
    void theSecretVerifiesTheExampleOfTheRfc() {
        ScramSecret secret = ScramDerivation.derive(
                "pencil".toCharArray(), Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
        String message = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertThat(ScramFunctions.verifyClientProof(
                        ScramMechanism.SCRAM_SHA_256,
                        Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
                        secret.storedKey(),
                        message))
                .isTrue();
        assertThat(Base64.getEncoder()
                        .encodeToString(ScramFunctions.serverSignature(
                                ScramMechanism.SCRAM_SHA_256, secret.serverKey(), message)))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void aSecretGoesToTheStoreThatIsNamed() {
        shell.input = "p\n";
        assertThat(shell.run("user", "add", "ada", "--password-stdin", "--config", "/etc/weir.yaml"))
                .isZero();
        assertThat(shell.ran).containsExactly("config /etc/weir.yaml");
        assertThat(shell.written).containsEntry(new PersonId("ada"), ScramSecret.parse(shell.out.strip()));
    }

    @Test
    void aStoreThatDoesNotTakeItIsTwoAndNothingIsPrinted() {
        shell.input = "p\n";
        shell.storeFailure = new IOException("there is no readable secret file store");
        assertThat(shell.run(
                        "user", "add", "ada", "--password-stdin", "--dsn", "jdbc:postgresql://x/y?password=hidden"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.out).isEmpty();
        assertThat(shell.err).contains("no readable secret file").doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user add Ada --password-stdin",
                "user add ada",
                "user add ada --password-stdin --config a --dsn b"
            })
    void wrongUsersAreNotMade(String line) {
        shell.input = "p\n";
        assertThat(shell.run(line.split(" "))).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.written).isEmpty();
        assertThat(shell.out).isEmpty();
    }

    @Test
    void anEmptyPasswordIsNoPassword() {
        shell.input = "\n";
        assertThat(shell.run("user", "add", "ada", "--password-stdin")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("empty");
    }
}
