package io.weir;

import io.weir.cli.Terminal;
import io.weir.cli.WeirCommand;
import java.io.Console;
import java.security.SecureRandom;
import java.time.Clock;

/** Arguments → command. Nothing else. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        StoredAccounts accounts = new StoredAccounts(clock, random);
        int code = new WeirCommand(
                        config -> Serve.run(config, System.err, clock, random),
                        (state, exit, clean) -> Quickstart.run(state, exit, clean, System.out, clock, random),
                        accounts,
                        accounts,
                        terminal(),
                        clock,
                        random)
                .execute(arguments);
        System.exit(code);
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
