package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.RunningWeir;
import io.weir.embedded.TestPostgres;
import io.weir.query.catalog.shadow.PlainPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All backslash commands of psql that ask the server, through Weir and against an ordinary PostgreSQL with the same tables. */
class PsqlCatalogueIT {
    private static final String PROJECT = "diabetes";

    @Tag("S28")
    @Test
    void backslashCommandsShowWhatAnOrdinaryPostgresqlShowsOrTheDifferenceHasAReason() throws Exception {
        ClientTool.require("psql", "psql", "--version");
        RunningWeir weir = RunningWeir.shared();
        try (PlainPostgres postgres = new PlainPostgres(weir.schema(PROJECT), PROJECT)) {
            new Differences("psql_differences.txt")
                    .explain(
                            answers("port=" + postgres.port() + " sslmode=disable", PlainPostgres.PASSWORD),
                            answers(
                                    "port=" + weir.postgresPort() + " sslmode=verify-full sslrootcert="
                                            + weir.certificate(),
                                    weir.password(PlainPostgres.USER)));
        }
    }

    private static Map<String, List<String>> answers(String where, String password) throws Exception {
        List<String> commands = Files.readAllLines(Path.of(ClientProgram.resource("psql_commands.txt")));
        StringBuilder script = new StringBuilder("\\pset format unaligned\n\\pset pager off\n");
        for (int i = 0; i < commands.size(); i++) {
            String command = commands.get(i);
            boolean sql = !command.startsWith("\\") && !command.contains("\\g");
            script.append("\\echo @@").append(i).append('\n').append(command).append(sql ? ";\n" : "\n");
        }
        Path directory = TestPostgres.temporaryDirectory();
        Path file = Files.writeString(directory.resolve("script"), script);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        "psql",
                        "-X",
                        "-q",
                        "-f",
                        file.toString(),
                        "host=localhost user=" + PlainPostgres.USER + " dbname=" + PROJECT + " " + where)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
            if (line.startsWith("@@")) {
                current = new ArrayList<>();
                answers.put(commands.get(Integer.parseInt(line.substring(2))), current);
            } else {
                current.add(line);
            }
        }
        answers.put(
                "errors",
                Files.readAllLines(err, StandardCharsets.UTF_8).stream()
                        .map(line -> line.replaceFirst("^psql:\\S*script:", ""))
                        .toList());
        assertThat(answers).hasSize(commands.size() + 1);
        return answers;
    }
}
