package io.weir.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every vote takes. */
final class VoteOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final RequestOptions request = new RequestOptions();

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "For the author, who reads it once the review is over. Rejecting and returning need one.")
    private @Nullable String comment;

    @Option(names = "--private-comment", paramLabel = "TEXT", description = "For checkers only.")
    private @Nullable String privateComment;

    /** @param commented whether the author must be told why */
    int vote(Terminal terminal, String ballot, boolean commented) {
        if (commented && (comment == null || comment.isBlank())) {
            throw new ParameterException(spec.commandLine(), "say why with --comment");
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("ballot", ballot);
        if (comment != null) {
            body.put("comment", comment);
        }
        if (privateComment != null) {
            body.put("privateComment", privateComment);
        }
        return request.answer(terminal, "/votes", (client, path) -> client.post(path, body), ReleaseText::changed);
    }
}
