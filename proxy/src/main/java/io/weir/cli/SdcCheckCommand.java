package io.weir.cli;

import io.weir.sdc.show.CheckReport;
import io.weir.yaml.YamlProblems;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir sdc check}. */
@Command(
        name = "check",
        description = {
            "Judge every cell of a table as it stands.",
            "The report holds true values: it is for those who may see the data."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:pass",
            "1:fail: a cell must not be shown",
            "2:wrong usage, or a file cannot be used",
            "3:review: a person has to look"
        },
        mixinStandardHelpOptions = true)
final class SdcCheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final SdcOptions options = new SdcOptions();

    SdcCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        YamlProblems problems = new YamlProblems();
        Optional<CheckReport> found = options.desk(problems).check();
        if (found.isEmpty()) {
            return options.unusable("check", problems, terminal);
        }
        CheckReport report = found.get();
        if (options.json()) {
            SdcOptions.print(report.json(), terminal);
        } else {
            terminal.out().print(report.text(SdcOptions.width(terminal)));
        }
        return switch (report.judgement().status()) {
            case PASS -> ExitCode.FINE;
            case REVIEW -> ExitCode.REVIEW;
            case FAIL -> ExitCode.NO;
        };
    }
}
