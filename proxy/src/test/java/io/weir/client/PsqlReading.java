package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.ColumnsOfEveryType;
import io.weir.ColumnsOfEveryType.Address;
import io.weir.embedded.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What psql prints of columns of every type: aligned, as csv, described, copied, and under other settings of the session. */
final class PsqlReading {
    private static final String MARK = "@@";

    private PsqlReading() {}

    static Map<String, List<String>> of(Address address) throws IOException, InterruptedException {
        Map<String, String> commands = new LinkedHashMap<>();
        for (String table : ColumnsOfEveryType.tables()) {
            for (String column : ColumnsOfEveryType.names()) {
                String query = "SELECT n, " + column + " FROM " + table + " ORDER BY n";
                commands.put("psql aligned " + table + " " + column, "\\pset format aligned\n" + query + ";");
                commands.put("psql csv " + table + " " + column, "\\pset format csv\n" + query + ";");
                commands.put("psql gdesc " + table + " " + column, query + " \\gdesc");
                commands.put("psql copy " + table + " " + column, "COPY (" + query + ") TO STDOUT;");
                commands.put("psql copy csv " + table + " " + column, "\\copy (" + query + ") TO STDOUT (FORMAT csv)");
            }
        }
        StringBuilder script =
                new StringBuilder("\\pset pager off\n\\pset null (null)\nSET TimeZone = 'Europe/London';\n");
        append(commands, "", script);
        script.append("SET TimeZone = 'America/New_York';\nSET DateStyle = 'SQL, DMY';\n")
                .append("SET IntervalStyle = 'iso_8601';\nSET bytea_output = 'escape';\nSET extra_float_digits = 0;\n");
        Map<String, String> styled = new LinkedHashMap<>();
        commands.forEach((call, command) -> {
            if (call.startsWith("psql csv ")) {
                styled.put(call, command);
            }
        });
        append(styled, "psql styled ", script);
        return answers(address, script.toString());
    }

    private static void append(Map<String, String> commands, String before, StringBuilder script) {
        commands.forEach((call, command) -> script.append("\\echo ")
                .append(MARK)
                .append(before)
                .append(call)
                .append('\n')
                .append(command)
                .append('\n'));
    }

    private static Map<String, List<String>> answers(Address address, String script)
            throws IOException, InterruptedException {
        Path directory = TestPostgres.temporaryDirectory();
        Path file = Files.writeString(directory.resolve("every-type.sql"), script);
        Path out = directory.resolve("every-type-" + address.port());
        ProcessBuilder builder = new ProcessBuilder(
                        "psql",
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=0",
                        "-f",
                        file.toString(),
                        "host=" + address.host() + " port=" + address.port() + " user=" + address.user() + " dbname="
                                + address.database()
                                + (address.authority().isEmpty()
                                        ? " sslmode=disable"
                                        : " sslmode=verify-full sslrootcert=" + address.authority()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGPASSWORD", address.password());
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        answers.put("psql start", current);
        for (String line : Files.readString(out, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith(MARK)) {
                current = new ArrayList<>();
                answers.put(line.substring(MARK.length()), current);
            } else {
                current.add(line);
            }
        }
        assertThat(answers).hasSizeGreaterThan(ColumnsOfEveryType.names().size() * 10);
        return answers;
    }
}
