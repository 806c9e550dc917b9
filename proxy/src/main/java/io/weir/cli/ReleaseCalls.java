package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.release.request.RequestId;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What all release commands do alike: ask, print, say no. */
final class ReleaseCalls {
    static final String RELEASES = "/api/v1/releases";
    static final String DELIVERIES = "/api/v1/deliveries";

    private ReleaseCalls() {}

    /** @param text how the answer reads for people */
    static int answer(
            Terminal terminal,
            boolean json,
            ConnectionOptions connection,
            Function<ApiClient, JsonNode> question,
            Function<JsonNode, String> text) {
        try {
            JsonNode answer = question.apply(connection.client(terminal));
            if (json) {
                terminal.out().println(answer);
            } else {
                terminal.out().print(text.apply(answer));
            }
            return ExitCode.FINE;
        } catch (RefusedException refused) {
            if (json) {
                terminal.out().println(refused.problem());
            } else {
                terminal.err().println(refused.sentences());
            }
            return ExitCode.NO;
        }
    }

    static String path(CommandLine command, String id) {
        if (!RequestId.isRequestId(id)) {
            throw new ParameterException(
                    command, "a request's id is req- and 16 letters or digits, as 'release list' prints it");
        }
        return RELEASES + "/" + id;
    }
}
