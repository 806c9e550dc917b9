package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.text.Printable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir policy reload}. */
@Command(
        name = "reload",
        description = {
            "For operators: put the policy directory of a running installation into force.",
            "A directory with problems changes nothing; they are all listed."
        },
        mixinStandardHelpOptions = true)
final class PolicyReloadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    PolicyReloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return ReleaseCalls.answer(
                terminal,
                json,
                connection,
                client -> client.post("/api/v1/policy/reload", Map.of()),
                PolicyReloadCommand::text);
    }

    private static String text(JsonNode answer) {
        String digest = Printable.line(answer.path("policy").asText());
        return answer.path("changed").asBoolean()
                ? "policy %s is in force now%n".formatted(digest)
                : "policy %s was in force already%n".formatted(digest);
    }
}
