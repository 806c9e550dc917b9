package io.weir;

import io.weir.config.Configuration;
import io.weir.config.ConfigurationLoad;
import io.weir.config.ConfigurationLoader;
import io.weir.config.Secrets;
import io.weir.policy.SecretReference;
import io.weir.query.catalog.shadow.ExternalShadowServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** {@code weir serve}: runs an installation until it is told to stop. */
final class Serve {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private Serve() {}

    /** @return 0 after an orderly stop, 2 when the configuration cannot be used */
    static int run(
            Path file,
            PrintStream err,
            Function<String, Optional<String>> environment,
            Clock clock,
            SecureRandom random) {
        Configuration config;
        try {
            switch (ConfigurationLoader.load(file)) {
                case ConfigurationLoad.Loaded loaded -> config = loaded.configuration();
                case ConfigurationLoad.Rejected rejected -> {
                    rejected.problems().forEach(err::println);
                    return 2;
                }
            }
        } catch (IOException noFile) {
            err.println("weir: " + file + " cannot be read");
            return 2;
        }
        List<String> unreadable = unreadableSecrets(config, environment);
        if (!unreadable.isEmpty()) {
            unreadable.forEach(problem -> err.println(file.getFileName() + ": " + problem));
            return 2;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopInOrder(stop, ended)));
        int code = 2;
        try (Wiring wiring = Wiring.start(config, shadow(config, environment), clock, random, environment)) {
            err.println("weir: PostgreSQL on port " + wiring.postgresPort() + ", HTTPS on port " + wiring.webPort());
            waitFor(stop);
            err.println("weir: stopping");
            code = 0;
        } catch (IOException | RuntimeException failed) {
            err.println("weir: " + failed.getMessage());
        }
        ended.complete(code);
        return code;
    }

    private static void waitFor(CountDownLatch stop) {
        try {
            stop.await();
        } catch (InterruptedException asked) {
            // Whoever runs this in a thread asks so; what closes now must be able to wait.
        }
    }

    /** On SIGTERM or SIGINT: what was asked for and went well is a success. Left alone, the JVM would answer 143 to it. */
    private static void stopInOrder(CountDownLatch stop, CompletableFuture<Integer> ended) {
        if (ended.isDone()) {
            return;
        }
        stop.countDown();
        try {
            Runtime.getRuntime().halt(ended.get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            // The JVM goes on ending, with its own code.
        }
    }

    /** All at once, as the problems of the file are. */
    private static List<String> unreadableSecrets(
            Configuration config, Function<String, Optional<String>> environment) {
        Map<String, SecretReference> references = new LinkedHashMap<>();
        references.put("controlStore.password", config.controlStore().password());
        references.put("shadowCatalogue.password", config.shadowCatalogue().password());
        references.put("audit.signingKey", config.audit().signingKey());
        references.put("audit.disclosureKey", config.audit().disclosureKey());
        config.pseudonyms().passphrase().ifPresent(p -> references.put("pseudonyms.passphrase", p));
        Secrets secrets = new Secrets(config.directory(), environment);
        List<String> problems = new ArrayList<>();
        references.forEach((setting, reference) -> {
            try {
                secrets.read(reference);
            } catch (IOException unreadable) {
                problems.add(setting + ": " + unreadable.getMessage());
            }
        });
        return problems;
    }

    private static ExternalShadowServer shadow(Configuration config, Function<String, Optional<String>> environment)
            throws IOException {
        Configuration.Database database = config.shadowCatalogue();
        URI address = URI.create(database.url().replaceFirst("^jdbc:", ""));
        return new ExternalShadowServer(
                address.getHost(),
                address.getPort() < 0 ? 5432 : address.getPort(),
                database.user(),
                new Secrets(config.directory(), environment)
                        .read(database.password())
                        .reveal());
    }
}
