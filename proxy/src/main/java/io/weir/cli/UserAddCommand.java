package io.weir.cli;

import io.weir.audit.AuditUnavailableException;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import io.weir.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir user add}. */
@Command(
        name = "add",
        description = {
            "Make the SCRAM-SHA-256 secret of an analyst's password and print it.",
            "With --config it is written to the control store, too. Stop the installation first: the audit log has one writer."
        },
        mixinStandardHelpOptions = true)
final class UserAddCommand implements Callable<Integer> {
    private final SecretWriter accounts;
    private final Terminal terminal;
    private final SecureRandom random;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The account, as the policy names the person.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--password-stdin", description = "Read the password from the first line of standard input.")
    private boolean fromStandardInput;

    @ArgGroup(exclusive = true)
    private @Nullable Store store;

    /** Which control store, if any. */
    static final class Store {
        @Option(names = "--config", paramLabel = "FILE", description = "Write to the control store of this weir.yaml.")
        private @Nullable Path config;

        @Option(names = "--dsn", paramLabel = "URL", description = "Write to the control store at this JDBC URL.")
        private @Nullable String dsn;
    }

    UserAddCommand(SecretWriter accounts, Terminal terminal, SecureRandom random) {
        this.accounts = accounts;
        this.terminal = terminal;
        this.random = random;
    }

    @Override
    public Integer call() {
        PersonId person = person();
        char[] password = password();
        try {
            ScramSecret secret = ScramDerivation.derive(password, random);
            write(person, secret);
            terminal.out().println(secret.encode());
            return ExitCode.FINE;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private PersonId person() {
        try {
            return new PersonId(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void write(PersonId person, ScramSecret secret) {
        if (store == null) {
            return;
        }
        try {
            if (store.config != null) {
                accounts.write(
                        new SecretWriter.Target.Config(
                                store.config.toAbsolutePath().normalize()),
                        person,
                        secret);
            } else if (store.dsn != null) {
                accounts.write(new SecretWriter.Target.Dsn(store.dsn), person, secret);
            }
        } catch (IOException e) {
            throw new CommandException("cannot write the secret: " + e.getMessage(), e);
        } catch (ProblemException e) {
            throw new CommandException(
                    "cannot write the secret: " + e.problem().code().sentence(), e);
        } catch (AuditUnavailableException e) {
            throw new CommandException("nothing was changed: " + e.getMessage(), e);
        }
        terminal.err().println("the secret of " + person + " is in the control store");
    }

    private char[] password() {
        char[] password = fromStandardInput ? firstLine() : prompted();
        if (password.length == 0) {
            throw new ParameterException(spec.commandLine(), "the password is empty");
        }
        return password;
    }

    private char[] firstLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
            return line == null ? new char[0] : line.toCharArray();
        } catch (IOException e) {
            throw new CommandException("cannot read standard input", e);
        }
    }

    private char[] prompted() {
        Function<String, char[]> prompt = terminal.passwordPrompt();
        if (prompt == null) {
            throw new ParameterException(spec.commandLine(), "there is no terminal to ask on: use --password-stdin");
        }
        char[] first = prompt.apply("Password for " + name + ": ");
        char[] second = prompt.apply("Again: ");
        try {
            if (!Arrays.equals(first, second)) {
                throw new ParameterException(spec.commandLine(), "the two passwords differ");
            }
            return first;
        } finally {
            Arrays.fill(second, '\0');
        }
    }
}
