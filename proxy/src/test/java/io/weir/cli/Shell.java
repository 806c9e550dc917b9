package io.weir.cli;

import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs command lines and keeps what they printed and did. */
final class Shell {
    final List<String> ran = new ArrayList<>();
    final Map<PersonId, ScramSecret> written = new HashMap<>();
    final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/nowhere"));
    final MemoryTokens tokens = new MemoryTokens();
    String input = "";

    @Nullable
    IOException storeFailure;

    int runnerCode;
    String out = "";
    String err = "";

    int run(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code = command(
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8))
                .execute(arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    WeirCommand command(PrintStream outStream, PrintStream errStream) {
        Terminal terminal = new Terminal(
                outStream,
                errStream,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                environment,
                null);
        return new WeirCommand(
                config -> {
                    ran.add("serve " + config);
                    return runnerCode;
                },
                (state, exit, clean) -> {
                    ran.add("quickstart " + state + " " + exit + " " + clean);
                    return runnerCode;
                },
                this::write,
                tokens,
                terminal,
                Clock.fixed(MemoryTokens.NOW, java.time.ZoneOffset.UTC),
                new SecureRandom());
    }

    private void write(SecretWriter.Target target, PersonId person, ScramSecret secret) throws IOException {
        IOException failure = storeFailure;
        if (failure != null) {
            throw failure;
        }
        ran.add(
                switch (target) {
                    case SecretWriter.Target.Config(Path file) -> "config " + file;
                    case SecretWriter.Target.Dsn(String url) -> "dsn " + url;
                });
        written.put(person, secret);
    }
}
