package io.weir.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private final RequestOptions request = new RequestOptions();

    ReleaseResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return request.answer(terminal, "/resume", (client, path) -> client.post(path, Map.of()), ReleaseText::changed);
    }
}
