package io.weir.cli;

import io.weir.policy.load.PolicyCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir policy check}. */
@Command(
        name = "check",
        description = "Read a policy directory and list every problem with file and line.",
        mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The policy directory.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    PolicyCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return PolicyCheck.run(directory, json, terminal.out());
    }
}
