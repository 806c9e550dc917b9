package io.weir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir release show}. */
@Command(
        name = "show",
        description = "Show one request: its protected table and, for checkers, why each hidden cell is hidden.",
        mixinStandardHelpOptions = true)
final class ReleaseShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final RequestOptions request = new RequestOptions();

    ReleaseShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return request.answer(terminal, "", ApiClient::get, ReleaseText::show);
    }
}
