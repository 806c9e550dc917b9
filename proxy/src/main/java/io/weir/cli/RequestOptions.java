package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command about one request takes. */
final class RequestOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "ID", description = "The request's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    /**
     * @param call asks the API under a path
     * @param below what follows the request's own path
     * @param text the answer for people
     */
    int answer(
            Terminal terminal,
            String below,
            BiFunction<ApiClient, String, JsonNode> call,
            Function<JsonNode, String> text) {
        String path = ReleaseCalls.path(spec.commandLine(), id) + below;
        return ReleaseCalls.answer(terminal, json, connection, client -> call.apply(client, path), text);
    }
}
