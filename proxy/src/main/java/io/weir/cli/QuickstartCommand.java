package io.weir.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir quickstart}. */
@Command(
        name = "quickstart",
        description = "Start everything on this machine with synthetic data and walk through the job.",
        mixinStandardHelpOptions = true)
final class QuickstartCommand implements Callable<Integer> {
    private final QuickstartRunner runner;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".weir",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path state;

    @Option(names = "--exit", description = "End after the tour; exit code 1 when a step failed.")
    private boolean exit;

    @Option(names = "--clean", description = "Remove the state directory first.")
    private boolean clean;

    QuickstartCommand(QuickstartRunner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        return runner.run(state.toAbsolutePath().normalize(), exit, clean);
    }
}
