package io.weir.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir release withdraw}. */
@Command(
        name = "withdraw",
        description = "Take an own request back, as long as it is not sealed.",
        mixinStandardHelpOptions = true)
final class ReleaseWithdrawCommand implements Callable<Integer> {
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

    ReleaseWithdrawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String path = ReleaseCalls.path(spec.commandLine(), id) + "/withdraw";
        return ReleaseCalls.answer(
                terminal, json, connection, client -> client.post(path, Map.of()), ReleaseText::changed);
    }
}
