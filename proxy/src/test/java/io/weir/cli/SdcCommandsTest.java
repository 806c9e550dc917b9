package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir sdc} from the command line to the files it writes, over the examples of the how-to page. */
class SdcCommandsTest {
    private static final Path EXAMPLES = Path.of("../docs/how-to/protect-a-table");
    private static final Path PAGE = Path.of("../docs/how-to/protect-a-table-of-your-own.md");

    private final Shell shell = new Shell();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** The page is what a reader gets: each command is run, in order, and the text block below it is what it prints. */
    @Test
    void thePageSaysWhatTheCommandsPrint() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> written = new ArrayList<>();
        int commands = 0;
        for (int i = 0; i < page.size(); i++) {
            written.add(page.get(i));
            if (page.get(i).startsWith("./weir sdc ")) {
                shell.run(arguments(page.get(i)));
                commands++;
            } else if (page.get(i).equals("```text")) {
                (shell.out + shell.err).lines().map(this::asOnThePage).forEach(written::add);
                i += page.subList(i + 1, page.size()).indexOf("```");
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.write(PAGE, written);
        }
        assertThat(page).as("run with -Dgolden.update=true to rewrite " + PAGE).isEqualTo(written);
        assertThat(commands).isGreaterThan(5);
    }

    private String[] arguments(String line) {
        return line.substring("./weir ".length())
                .replace("docs/how-to/protect-a-table", EXAMPLES.toString())
                .replace("/tmp/", directory + "/")
                .split(" ");
    }

    private String asOnThePage(String line) {
        return line.replace(EXAMPLES.toString(), "docs/how-to/protect-a-table").replace(directory + "/", "/tmp/");
    }

    private String example(String name) {
        return EXAMPLES.resolve(name).toString();
    }

    private int sdc(String command, String table, String description, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sdc", command, table, "--describe", description));
        arguments.addAll(List.of(more));
        return shell.run(arguments.toArray(new String[0]));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void checkEndsByVerdict() throws IOException {
        assertThat(sdc("check", example("screening.csv"), example("screening.yaml")))
                .isEqualTo(ExitCode.NO);
        String large = Files.readString(EXAMPLES.resolve("screening.csv"))
                .replace("Middle,M,4", "Middle,M,44")
                .replace("Middle,All,39", "Middle,All,79")
                .replace("All,M,103", "All,M,143")
                .replace("All,All,251", "All,All,291");
        Path table = file("large.csv", large);
        assertThat(sdc("check", table.toString(), example("screening.yaml")))
                .as(shell.out + shell.err)
                .isEqualTo(ExitCode.FINE);
        Path unknown = file(
                "unknown.yaml",
                Files.readString(EXAMPLES.resolve("screening.yaml"))
                        .replace("population: total", "population: unknown"));
        assertThat(sdc("check", table.toString(), unknown.toString()))
                .as("without a population nobody knows who is missing")
                .isEqualTo(ExitCode.REVIEW);
        assertThat(shell.out).contains("REVIEW: 0 cells fail, 12 need a person's look, of 12.");
    }

    @Test
    void whatIsProtectedPassesItsAudit() throws IOException {
        for (String profile : List.of("ukllc", "hes-2018", "acro-default", "strict", "nhse-sde", "abs-datalab")) {
            Path output = directory.resolve(profile + ".csv");
            assertThat(sdc(
                            "protect",
                            example("visits.csv"),
                            example("visits.yaml"),
                            "--profile",
                            profile,
                            "--output",
                            output.toString()))
                    .as(profile + shell.err)
                    .isZero();
            assertThat(sdc(
                            "audit",
                            output.toString(),
                            example("visits.yaml"),
                            "--profile",
                            profile,
                            "--truth",
                            example("visits.csv")))
                    .as(profile + shell.out + shell.err)
                    .isZero();
        }
    }

    @Test
    void aHiddenCellThatFollowsFromItsMarginFailsTheAudit() throws IOException {
        Path published = file(
                "published.csv",
                Files.readString(EXAMPLES.resolve("screening.csv")).replace("Middle,M,4", "Middle,M,<10"));
        assertThat(sdc("audit", published.toString(), example("screening.yaml")))
                .isEqualTo(ExitCode.NO);
        assertThat(shell.out).contains("exactly 4").contains("EXACTLY KNOWN");
        assertThat(sdc(
                        "audit",
                        published.toString(),
                        example("screening.yaml"),
                        "--truth",
                        example("screening.csv"),
                        "--json"))
                .isEqualTo(ExitCode.NO);
        JsonNode cells = new ObjectMapper().readTree(shell.out).path("cells");
        assertThat(cells).hasSize(1);
        assertThat(cells.get(0).path("at").path("region").asText()).isEqualTo("Middle");
        assertThat(cells.get(0).path("status").asText()).isEqualTo("exact");
    }

    @Test
    void aSmallCellThatIsShownFailsTheAudit() {
        assertThat(sdc(
                        "audit",
                        example("screening.csv"),
                        example("screening.yaml"),
                        "--truth",
                        example("screening.csv")))
                .isEqualTo(ExitCode.NO);
        assertThat(shell.out).contains("MUST BE HIDDEN");
    }

    @Test
    void anotherNumberThanTheTruthIsNotTakenForIt() throws IOException {
        String protectedTable = """
                region,sex,patients
                North,F,<10
                North,M,<10
                North,All,93
                Middle,F,<10
                Middle,M,<10
                Middle,All,39
                South,F,60
                South,M,58
                South,All,119
                All,F,148
                All,M,103
                All,All,251
                """;
        Path published = file("other.csv", protectedTable);
        assertThat(sdc("audit", published.toString(), example("screening.yaml"), "--truth", example("screening.csv")))
                .as(shell.out)
                .isNotZero();
        assertThat(shell.out).contains("OTHERWISE");
    }

    @Test
    void filesForAcroLoadAsJsonAndHoldNoHiddenNumber() throws IOException {
        Path acro = directory.resolve("acro");
        assertThat(sdc("protect", example("screening.csv"), example("screening.yaml"), "--acro", acro.toString()))
                .isZero();
        JsonNode results =
                new ObjectMapper().readTree(acro.resolve("results.json").toFile());
        assertThat(results.path("version").asText()).isEqualTo("1.0.1");
        JsonNode output = results.path("results").path("output_0");
        assertThat(output.path("status").asText()).isEqualTo("review");
        String file = output.path("files").get(0).path("name").asText();
        assertThat(acro.resolve(file)).content().contains("Middle | M,[c]").doesNotContain("Middle | M,4");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path output = file("there.csv", "mine");
        assertThat(sdc("protect", example("screening.csv"), example("screening.yaml"), "--output", output.toString()))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(output).hasContent("mine");
        assertThat(shell.err).contains("exists already");
        assertThat(shell.out).isEmpty();
    }

    /** The folder for ACRO has a file of the name that the table was to get. */
    @Test
    void twoFilesOfOneNameAreRefusedBeforeAnythingIsWritten() throws IOException {
        Path acro = directory.resolve("both");
        for (String name : List.of("results.json", "../both/output_0_0.csv", ".")) {
            assertThat(sdc(
                            "protect",
                            example("screening.csv"),
                            example("screening.yaml"),
                            "--output",
                            acro.resolve(name).toString(),
                            "--acro",
                            acro.toString()))
                    .isEqualTo(ExitCode.UNUSABLE);
            assertThat(shell.err).contains("--output").contains("--acro");
            assertThat(acro).doesNotExist();
        }
    }

    @Test
    void everyCommandPrintsOneJsonDocument() throws IOException {
        for (String command : List.of("check", "protect", "audit")) {
            sdc(command, example("screening.csv"), example("screening.yaml"), "--json");
            JsonNode document = new ObjectMapper().readTree(shell.out);
            assertThat(document.path("command").asText()).isEqualTo(command);
            assertThat(document.path("profile").asText()).isEqualTo("ukllc");
            assertThat(document.has("cells")).isTrue();
            sdc(command, "no.csv", example("screening.yaml"), "--json");
            document = new ObjectMapper().readTree(shell.out);
            assertThat(document.path("problems").get(0).path("file").asText()).isEqualTo("no.csv");
        }
    }

    @Test
    void presetsAreListedWithWhatTheyDoNotProtect() throws IOException {
        assertThat(shell.run("sdc", "presets", "--json")).isZero();
        JsonNode presets = new ObjectMapper().readTree(shell.out).path("presets");
        assertThat(presets).hasSizeGreaterThan(14);
        for (JsonNode preset : presets) {
            assertThat(preset.path("dimensions")).hasSize(7);
            assertThat(preset.path("doesNotProtect")).isNotEmpty();
            assertThat(preset.path("source").asText()).isNotBlank();
            assertThat(preset.path("asOf").asText()).matches("\\d{4}-\\d\\d");
        }
        assertThat(shell.run("sdc", "presets", "drb")).isZero();
        assertThat(shell.out).startsWith("drb").doesNotContain("hes-2018");
        assertThat(shell.run("sdc", "presets", "nobody")).isEqualTo(ExitCode.UNUSABLE);
    }

    @Test
    void whatCannotBeAppliedIsRefusedByName() {
        assertThat(sdc("protect", example("visits.csv"), example("visits.yaml"), "--profile", "ons-cell-key"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("perturbation by cell keys").contains("rules by area");
        assertThat(sdc("protect", example("visits.csv"), example("visits.yaml"), "--profile", "drb"))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(shell.err).contains("counts of records");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws IOException {
        Path table = file("escape.csv", "region,sex,patients\nNorth\u001b[31m,F,52\n=1+1,F,40\n");
        Path description = file(
                "escape.yaml",
                Files.readString(EXAMPLES.resolve("screening.yaml"))
                        .replace(", codes: [North, Middle, South]", "")
                        .replace(", codes: [F, M]", "")
                        .replace("total: All", "withoutTotal: true"));
        Path output = directory.resolve("out.csv");
        for (String command : List.of("check", "protect", "audit")) {
            sdc(command, table.toString(), description.toString());
            assertThat(shell.out + shell.err).isNotEmpty().doesNotContain("\u001b");
        }
        sdc("protect", table.toString(), description.toString(), "--output", output.toString());
        assertThat(output).content().doesNotContain("\u001b").contains("'=1+1");
    }

    /** As on a full disk: what nobody could read is not done. */
    @Test
    void anAnswerThatCannotBePrintedIsNoSuccess() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        WeirCommand command = shell.command(
                new PrintStream(
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("no space");
                            }
                        },
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        for (String json : List.of("--profile=ukllc", "--json")) {
            assertThat(command.execute(
                            "sdc", "protect", example("screening.csv"), "--describe", example("screening.yaml"), json))
                    .isEqualTo(ExitCode.UNUSABLE);
        }
        assertThat(command.execute("sdc", "presets")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("not all of the answer could be printed");
    }

    @Test
    void helpSaysWhichFileIsForWhom() {
        assertThat(shell.run("sdc", "protect", "--help")).isZero();
        assertThat(shell.out.replaceAll("\\s+", " "))
                .contains("output_0_0.csv: the protected table, for publication.")
                .contains("results.json: names the rule of each hidden cell, for checkers (SACRO viewers) only.");
    }

    @Test
    void aWideTableIsDrawnInParts() throws IOException {
        shell.environment.put("COLUMNS", "40");
        sdc("check", example("visits.csv"), example("visits.yaml"));
        assertThat(shell.out.lines().takeWhile(line -> !line.startsWith("!")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
        assertThat(shell.out.split("district", -1)).hasSizeGreaterThan(4);
    }
}
