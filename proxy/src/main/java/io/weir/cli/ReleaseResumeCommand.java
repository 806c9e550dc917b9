package io.weir.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir release resume}. */
@Command(
        name = "resume",
        description = {
            "For operators: let a failed delivery be tried again.",
            "Approvals, agreement and destination are checked once more before anything leaves."
        },
        mixinStandardHelpOptions = true)
final class ReleaseResumeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "ID", description = "The request's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    ReleaseResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path = ReleaseCalls.path(spec.commandLine(), id) + "/resume";
        return ReleaseCalls.answer(
                terminal, json, connection, client -> client.post(path, Map.of()), ReleaseText::changed);
    }
}
