package io.weir.cli;

import io.weir.audit.verify.VerifyCommand;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir audit verify}. */
@Command(
        name = "verify",
        description = "Find edited, deleted, swapped or cut-off records in an audit log.",
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;

    @Parameters(paramLabel = "DIR", description = "The audit log's directory.")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            required = true,
            description = "The auditor's file of trusted verifier keys, one a line.")
    @SuppressWarnings("NullAway.Init")
    private Path keys;

    @Option(
            names = "--trusted-checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint kept elsewhere: finds a log that was rolled back.")
    private @Nullable Path checkpoint;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    AuditVerifyCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return new VerifyCommand(clock).run(directory, keys, checkpoint, json, terminal.out());
    }
}
