package io.weir.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.sdc.Desk;
import io.weir.sdc.show.Documents;
import io.weir.text.Printable;
import io.weir.yaml.YamlProblem;
import io.weir.yaml.YamlProblems;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every {@code weir sdc} command over a table is given, and how it answers. */
final class SdcOptions {
    private static final int MOST_PROBLEMS = 20;
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    @Parameters(paramLabel = "TABLE.csv", description = "The table: UTF-8, a line of column names first.")
    @SuppressWarnings("NullAway.Init")
    private Path table;

    @Option(
            names = "--describe",
            paramLabel = "TABLE.yaml",
            required = true,
            description = "What its columns mean: dimensions, measures, evidence.")
    @SuppressWarnings("NullAway.Init")
    private Path description;

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            description = "The rules: a preset ('weir sdc presets') or a file. Without it the description names them.")
    private @Nullable String profile;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description = "32 bytes or more, for random rounding and cell keys of records. Keep it with the data.")
    private @Nullable Path secret;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    Desk desk(YamlProblems problems) {
        return new Desk(new Desk.Names(table, description, profile, secret), problems);
    }

    boolean json() {
        return json;
    }

    Path table() {
        return table;
    }

    /** Prints what is wrong, for people on standard error. */
    int unusable(String command, YamlProblems problems, Terminal terminal) {
        List<YamlProblem> all = problems.sorted();
        if (json) {
            print(Documents.problems(command, all), terminal);
            return ExitCode.UNUSABLE;
        }
        all.stream()
                .limit(MOST_PROBLEMS)
                .forEach(problem -> terminal.err().println(Printable.line(problem.toString())));
        if (all.size() > MOST_PROBLEMS) {
            terminal.err().println("and " + (all.size() - MOST_PROBLEMS) + " more; --json lists all");
        }
        terminal.err()
                .println(all.size() == 1 ? "1 problem; nothing was done" : all.size() + " problems; nothing was done");
        return ExitCode.UNUSABLE;
    }

    static void print(ObjectNode document, Terminal terminal) {
        terminal.out().print(Documents.text(document));
    }

    /** Of the terminal, as shells say it in COLUMNS. */
    static int width(Terminal terminal) {
        return terminal.variable("COLUMNS")
                .filter(columns -> columns.matches("\\d{1,4}"))
                .map(columns -> Math.max(LEAST_WIDTH, Integer.parseInt(columns)))
                .orElse(USUAL_WIDTH);
    }
}
