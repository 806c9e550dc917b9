package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.demo.data.DemoPolicy;
import io.weir.embedded.TestPostgres;
import io.weir.query.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PolicyExplainIT {
    private final Shell shell = new Shell();
    private final Path state = TestPostgres.temporaryDirectory();
    private final Path policy = state.resolve("policy");

    @BeforeEach
    void install() throws IOException {
        DemoPolicy.install(
                policy,
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

    private int explain(String sql, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "policy",
                "explain",
                "--policy",
                policy.toString(),
                "--as",
                "ada@diabetes",
                "--state",
                state.toString(),
                "--binaries",
                TestPostgres.binariesCache().toString()));
        arguments.addAll(List.of(more));
        arguments.add(sql);
        return shell.run(arguments.toArray(new String[0]));
    }

    @Test
    void aPermittedStatementShowsWhatWouldRun() throws Exception {
        assertThat(explain("SELECT sex, count(*) AS n FROM hospital.patients GROUP BY sex"))
                .as(shell.err + shell.out)
                .isZero();
        assertThat(shell.out)
                .startsWith("PERMITTED  aggregate")
                .contains("hes-2018-like")
                .contains("SELECT")
                .contains("evidence, never leaves");
        assertThat(explain("SELECT sex, count(*) AS n FROM hospital.patients GROUP BY sex", "--json"))
                .isZero();
        JsonNode answer = new ObjectMapper().readTree(shell.out);
        assertThat(answer.path("permitted").asBoolean()).isTrue();
        assertThat(answer.path("columns").get(1).path("label").asText()).isEqualTo("n");
        assertThat(answer.path("statements")).isNotEmpty();
    }

    /** All that is said before the texts of the statements: what each node is, and where the boundary lies. */
    @Test
    void theBoundaryIsShownWithWhatStandsBelowAndAbove() throws IOException {
        String sql = "SELECT p.sex, g.region, count(*) AS n, avg(a.cost) AS mean FROM hospital.admissions a"
                + " JOIN hospital.patients p ON p.patient_id = a.patient_id JOIN hospital.practices g ON g.practice_code = p.practice_code"
                + " WHERE a.cost IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 100 ORDER BY n DESC LIMIT 5";
        assertThat(explain(sql)).as(shell.err + shell.out).isZero();
        String said = shell.out.substring(0, shell.out.indexOf("-- block")).stripTrailing() + "\n";
        Path golden = Path.of("src/test/resources/io/weir/cli/explained.golden");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
    }

    @Test
    void aRefusedStatementShowsWhyAndWhatElse() throws Exception {
        assertThat(explain("SELECT nhs_number FROM hospital.patients"))
                .as(shell.err)
                .isEqualTo(ExitCode.NO);
        assertThat(shell.out).startsWith("REFUSED").contains("SQLSTATE").contains("hint");
        assertThat(explain("SELECT nonsense FROM hospital.patients", "--json")).isEqualTo(ExitCode.NO);
        assertThat(new ObjectMapper().readTree(shell.out).path("code").asText()).isEqualTo("UNKNOWN_COLUMN");
    }

    /** Which text goes where, without the texts. */
    @Test
    void twoSourcesAreNamedWithEachText() throws Exception {
        Laboratory.declare(policy, "jdbc:postgresql://localhost/laboratory");
        String sql = "select s.word, h.n, l.n from (select sex, count(*) as n from hospital.patients group by sex) h"
                + " join (select sex, count(*) as n from lab.people group by sex) l on l.sex = h.sex join lab.sexes s on s.code = h.sex";
        assertThat(explain(sql)).as(shell.err + shell.out).isZero();
        assertThat(shell.out.lines().filter(line -> line.matches("(PERMITTED|reads|ruling|-- [br]).*")))
                .containsExactly(
                        "PERMITTED  aggregate",
                        "reads      hospital.patients from source hospital, lab.people from source laboratory,"
                                + " lab.sexes from source laboratory",
                        "ruling     aggregate mode: people only as aggregates of at least the profile's threshold",
                        "ruling     blocks: 2",
                        "ruling     sources: 2, each asked for itself; joined above the boundary",
                        "-- block b2: cells with their evidence, from source hospital",
                        "-- block b2: population, from source hospital",
                        "-- block b2: values of keys [0], from source hospital",
                        "-- block b4: cells with their evidence, from source laboratory",
                        "-- block b4: population, from source laboratory",
                        "-- reference data f6, from source laboratory");
        assertThat(explain(sql, "--json")).isZero();
        JsonNode answer = new ObjectMapper().readTree(shell.out);
        assertThat(answer.path("sources")).extracting(JsonNode::asText).containsExactly("hospital", "laboratory");
        assertThat(answer.path("statements").get(0).path("source").asText()).isEqualTo("hospital");
    }

    @Test
    void parametersAreRuledOnWhenBound() {
        assertThat(explain("SELECT count(*) FROM hospital.patients WHERE sex = $1"))
                .as(shell.err + shell.out)
                .isZero();
        assertThat(shell.out).contains("the statement has parameters").doesNotContain("-- block");
    }

    @Test
    void nothingIsLeftInTheTemporaryDirectory() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = temporaries(temporary);
        assertThat(shell.run(
                        "policy",
                        "explain",
                        "--policy",
                        policy.toString(),
                        "--as",
                        "ada@diabetes",
                        "--binaries",
                        TestPostgres.binariesCache().toString(),
                        "SELECT count(*) FROM hospital.patients"))
                .as(shell.err + shell.out)
                .isZero();
        assertThat(temporaries(temporary)).isEqualTo(before);
    }

    private static List<Path> temporaries(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory, "weir[0-9]*")) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            found.sort(Path::compareTo);
            return found;
        }
    }
}
