package io.weir.cli;

import io.weir.sdc.show.AuditText;
import io.weir.yaml.YamlProblems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir sdc audit}. */
@Command(
        name = "audit",
        description = {
            "Say what readers of a protected table can work out about each hidden cell.",
            "With the true values it also says whether that is too much."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:protected; without --truth: no hidden cell is known exactly",
            "1:not protected",
            "2:wrong usage, or a file cannot be used",
            "3:review: not everything could be judged"
        },
        mixinStandardHelpOptions = true)
final class SdcAuditCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final SdcOptions options = new SdcOptions();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "The file that the table was made of, as TABLE.yaml describes it.")
    private @Nullable Path truth;

    SdcAuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        YamlProblems problems = new YamlProblems();
        Optional<AuditText> found = options.desk(problems).audit(truth);
        if (found.isEmpty()) {
            return options.unusable("audit", problems, terminal);
        }
        AuditText text = found.get();
        if (options.json()) {
            SdcOptions.print(text.json(), terminal);
        } else {
            terminal.out().print(text.text());
        }
        if (text.report().fails()) {
            return ExitCode.NO;
        }
        return text.report().needsReview() ? ExitCode.REVIEW : ExitCode.FINE;
    }
}
