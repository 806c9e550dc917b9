package io.weir.config;

import io.weir.policy.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads what secret references point to. Thread-safe; blocks on file reads; keeps nothing. */
public final class Secrets {
    private static final int LONGEST = 64 * 1024;

    private final Path directory;
    private final Function<String, Optional<String>> environment;

    /** @param directory to which relative files belong: of the policy, or of the configuration file */
    public Secrets(Path directory, Function<String, Optional<String>> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * The secret, without a trailing newline.
     *
     * @throws IOException when there is none or it cannot be read; the message names the reference, never the value
     */
    public Secret read(SecretReference reference) throws IOException {
        String value = switch (reference) {
            case SecretReference.Env(String variable) ->
                environment
                        .apply(variable)
                        .orElseThrow(() -> new IOException("environment variable " + variable + " is not set"));
            case SecretReference.File(String path) -> file(path);
        };
        if (value.isEmpty()) {
            throw new IOException("the secret at " + reference + " is empty");
        }
        return new Secret(value);
    }

    private String file(String path) throws IOException {
        Path file = directory.resolve(path);
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
            throw new IOException("there is no readable secret file " + path);
        }
        String text = Files.readString(file);
        String withoutNewline = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return withoutNewline.endsWith("\r")
                ? withoutNewline.substring(0, withoutNewline.length() - 1)
                : withoutNewline;
    }
}
