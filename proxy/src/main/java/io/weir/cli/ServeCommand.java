package io.weir.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir serve}. */
@Command(name = "serve", description = "Run the proxy of one installation.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private final ServeRunner runner;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The installation's weir.yaml.")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    ServeCommand(ServeRunner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        return runner.run(config.toAbsolutePath().normalize());
    }
}
