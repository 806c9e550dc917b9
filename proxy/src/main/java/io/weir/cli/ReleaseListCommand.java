package io.weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir release list}. */
@Command(
        name = "list",
        description = "List the release requests that this person may see.",
        mixinStandardHelpOptions = true)
final class ReleaseListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--under-way",
            description = "For operators: the requests that are approved, sealed or failed, of every project.")
    private boolean underWay;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    ReleaseListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return ReleaseCalls.answer(
                terminal,
                json,
                connection,
                client -> client.get(underWay ? ReleaseCalls.DELIVERIES : ReleaseCalls.RELEASES),
                answer -> ReleaseText.list(answer.path("releases")));
    }
}
