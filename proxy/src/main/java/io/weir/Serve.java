package io.weir;

import io.weir.config.Configuration;
import io.weir.config.ConfigurationLoad;
import io.weir.config.ConfigurationLoader;
import io.weir.config.Secrets;
import io.weir.query.catalog.shadow.ExternalShadowServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** {@code weir serve}: runs an installation until it is told to stop. */
final class Serve {
    private Serve() {}

    /** @return 0 after an orderly stop, 2 when the configuration cannot be used */
    static int run(Path file, PrintStream err, Clock clock, SecureRandom random) {
        Function<String, Optional<String>> environment = name -> Optional.ofNullable(System.getenv(name));
        Configuration config;
        try {
            switch (ConfigurationLoader.load(file)) {
                case ConfigurationLoad.Loaded loaded -> config = loaded.configuration();
                case ConfigurationLoad.Rejected rejected -> {
                    rejected.problems().forEach(err::println);
                    return 2;
                }
            }
        } catch (IOException unreadable) {
            err.println("weir: " + file + " cannot be read");
            return 2;
        }
        try (Wiring wiring = Wiring.start(config, shadow(config, environment), clock, random, environment)) {
            err.println("weir: PostgreSQL on port " + wiring.postgresPort() + ", HTTPS on port " + wiring.webPort());
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                main.interrupt();
                try {
                    main.join(Duration.ofSeconds(60));
                } catch (InterruptedException ignored) {
                    Thread.currentThread().interrupt();
                }
            }));
            try {
                Thread.sleep(Duration.ofDays(36_500));
            } catch (InterruptedException stop) {
                err.println("weir: stopping");
            }
            return 0;
        } catch (IOException | RuntimeException failed) {
            err.println("weir: " + failed.getMessage());
            return 2;
        }
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
