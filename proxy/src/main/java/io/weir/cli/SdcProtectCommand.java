package io.weir.cli;

import io.weir.disclosure.acro.AcroResults;
import io.weir.disclosure.acro.AcroTable;
import io.weir.sdc.NewFiles;
import io.weir.sdc.show.ProtectReport;
import io.weir.sdc.show.PublishedCsv;
import io.weir.yaml.YamlProblems;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir sdc protect}. */
@Command(
        name = "protect",
        description = {
            "Hide and round what a profile asks for, and prove that hidden cells cannot be worked out.",
            "What is printed below the table is for checkers; only --output, and the CSV file of --acro, are for publication."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:protected",
            "1:not protected: nothing may be published, and nothing was written",
            "2:wrong usage, or a file cannot be used: nothing was written; or the answer cannot be printed",
            "4:hidden as a whole: no number is left to publish, and nothing was written"
        },
        mixinStandardHelpOptions = true)
final class SdcProtectCommand implements Callable<Integer> {
    private static final String UID = "output_0";
    private static final String RESULTS = "results.json";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final Terminal terminal;
    private final Clock clock;

    @Mixin
    private final SdcOptions options = new SdcOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the protected table as CSV. The file must not exist.")
    private @Nullable Path output;

    @Option(
            names = "--acro",
            paramLabel = "DIR",
            description = {
                "Write two files as ACRO does; the folder must not hold them yet.",
                "output_0_0.csv: the protected table, for publication.",
                "results.json: names the rule of each hidden cell, for checkers (SACRO viewers) only."
            })
    private @Nullable Path acro;

    SdcProtectCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        pathsDiffer();
        YamlProblems problems = new YamlProblems();
        Optional<ProtectReport> found = options.desk(problems).protect();
        if (found.isEmpty()) {
            return options.unusable("protect", problems, terminal);
        }
        ProtectReport report = found.get();
        if (report.isProtected() && !report.isEmpty()) {
            write(new PublishedCsv(report.table(), report.rules(), report.result()));
        }
        if (options.json()) {
            SdcOptions.print(report.json(), terminal);
        } else {
            terminal.out().print(report.text(SdcOptions.width(terminal)));
        }
        if (!report.isProtected()) {
            return ExitCode.NO;
        }
        return report.isEmpty() ? ExitCode.NOTHING_LEFT : ExitCode.FINE;
    }

    /** Two texts cannot be one file, by whatever names it goes. */
    private void pathsDiffer() {
        if (output == null || acro == null) {
            return;
        }
        for (String name : List.of(AcroTable.file(UID), RESULTS)) {
            if (real(output).equals(real(acro.resolve(name)))) {
                throw new CommandException(
                        "--output and --acro name the same file, " + output + "; name another one of them");
            }
        }
        if (real(output).equals(real(acro))) {
            throw new CommandException("--output is a file, and --acro a folder: " + output + " cannot be both");
        }
    }

    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        try {
            return folder == null || name == null
                    ? absolute
                    : folder.toRealPath().resolve(name);
        } catch (IOException notThere) {
            return absolute;
        }
    }

    private void write(PublishedCsv published) {
        NewFiles files = new NewFiles();
        if (output != null) {
            files.with(output, published.text());
        }
        if (acro != null) {
            String stamp = STAMP.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            String command = "weir sdc protect " + options.table().getFileName();
            files.with(acro.resolve(AcroTable.file(UID)), published.acroCsv());
            files.with(
                    acro.resolve(RESULTS), new AcroResults(List.of(published.acro(UID, command, stamp))).json() + "\n");
        }
        try {
            files.write();
        } catch (FileAlreadyExistsException e) {
            throw new CommandException("the file " + e.getFile() + " exists already; name another, or remove it", e);
        } catch (IOException e) {
            throw new CommandException("cannot write: " + e.getMessage(), e);
        }
    }
}
