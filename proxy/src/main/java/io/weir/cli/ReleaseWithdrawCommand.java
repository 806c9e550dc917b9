package io.weir.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir release withdraw}. */
@Command(
        name = "withdraw",
        description = "Take an own request back, as long as it is not sealed.",
        mixinStandardHelpOptions = true)
final class ReleaseWithdrawCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final RequestOptions request = new RequestOptions();

    ReleaseWithdrawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return request.answer(
                terminal, "/withdraw", (client, path) -> client.post(path, Map.of()), ReleaseText::changed);
    }
}
