package io.weir.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command talks to.
 *
 * @param passwordPrompt asks a person without echo; null when there is no terminal
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        @Nullable Function<String, char[]> passwordPrompt) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
    }
}
