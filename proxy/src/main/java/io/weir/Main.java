package io.weir;

import io.weir.cli.Terminal;
import io.weir.cli.WeirCommand;
import io.weir.query.session.PostgresServer;
import java.io.Console;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Arguments → command; and what must be said before anything uses TLS. Nothing else. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PostgresServer.refuseTlsRenegotiation();
        System.exit(command(terminal()).execute(arguments));
    }

    static WeirCommand command(Terminal terminal) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Function<String, Optional<String>> environment =
                name -> Optional.ofNullable(terminal.environment().get(name));
        StoredAccounts accounts = new StoredAccounts(environment, clock, random);
        return new WeirCommand(
                config -> Serve.run(config, terminal.err(), environment, clock, random),
                (state, exit, clean) -> Quickstart.run(state, exit, clean, terminal.out(), clock, random),
                accounts,
                accounts,
                terminal,
                clock,
                random);
    }

    @SuppressWarnings(
            "SystemConsoleNull") // JDK 21 answers null without a terminal; later ones read the pipe, which is as good
    private static Terminal terminal() {
        Console console = System.console();
        return new Terminal(
                System.out,
                System.err,
                System.in,
                System.getenv(),
                console == null ? null : prompt -> console.readPassword("%s", prompt));
    }
}
