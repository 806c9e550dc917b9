package io.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.audit.AuditUnavailableException;
import io.weir.identity.IssuedToken;
import io.weir.identity.PersonId;
import io.weir.problem.ProblemException;
import io.weir.text.Printable;
import io.weir.text.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir user token}: only groups {@code issue}, {@code list} and {@code revoke}. */
@Command(
        name = "token",
        description = "Bearer tokens for the HTTP API and the release commands.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class UserTokenCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine group(TokenDesk tokens, Terminal terminal, Clock clock) {
        return new CommandLine(new UserTokenCommand())
                .addSubcommand(new Issue(tokens, terminal))
                .addSubcommand(new Lines(tokens, terminal, clock))
                .addSubcommand(new Revoke(tokens, terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed after 'user token'");
    }

    /** What all three take. */
    private static final class Store {
        @Option(names = "--config", paramLabel = "FILE", required = true, description = "The installation's weir.yaml.")
        @SuppressWarnings("NullAway.Init")
        private Path config;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        Path file() {
            return config.toAbsolutePath().normalize();
        }
    }

    @Command(
            name = "issue",
            description = {
                "Issue a bearer token and print it, once: only its hash is kept.",
                "What it opens is decided by the person's roles in the policy, at every request.",
                "Stop the installation first: the audit log has one writer."
            },
            mixinStandardHelpOptions = true)
    static final class Issue implements Callable<Integer> {
        private static final int LONGEST_DAYS = 366;

        private final TokenDesk tokens;
        private final Terminal terminal;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final Store store = new Store();

        @Parameters(paramLabel = "NAME", description = "The account, as the policy names the person.")
        @SuppressWarnings("NullAway.Init")
        private String name;

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "90",
                description = "How long it is valid, 1 to 366 days (default: ${DEFAULT-VALUE}).")
        private int days;

        @Option(
                names = "--label",
                paramLabel = "TEXT",
                defaultValue = "command line",
                description = "What it is for, to tell tokens apart (default: ${DEFAULT-VALUE}).")
        @SuppressWarnings("NullAway.Init")
        private String label;

        Issue(TokenDesk tokens, Terminal terminal) {
            this.tokens = tokens;
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            PersonId person = person(spec, name);
            if (days < 1 || days > LONGEST_DAYS) {
                throw new ParameterException(spec.commandLine(), "--days must be from 1 to " + LONGEST_DAYS);
            }
            if (label.isBlank() || label.length() > 100 || !label.equals(Printable.line(label))) {
                throw new ParameterException(spec.commandLine(), "--label must be one line of 1 to 100 characters");
            }
            TokenDesk.Issued issued = changed(() -> tokens.issue(store.file(), person, label, Duration.ofDays(days)));
            if (!issued.known()) {
                terminal.err()
                        .println("weir: the policy names no " + person + ": the token opens nothing until it does");
            }
            if (store.json) {
                terminal.out()
                        .println(json(issued.facts(), "valid")
                                .put("token", issued.token().reveal()));
            } else {
                terminal.err()
                        .println("token %s of %s, valid until %s; it is shown only now"
                                .formatted(
                                        issued.facts().id(),
                                        person,
                                        minutes(issued.facts().expiresAt())));
                terminal.out().println(issued.token().reveal());
            }
            return ExitCode.FINE;
        }
    }

    @Command(
            name = "list",
            description = "List the tokens that were issued, without their secrets. The installation may run.",
            mixinStandardHelpOptions = true)
    static final class Lines implements Callable<Integer> {
        private final TokenDesk tokens;
        private final Terminal terminal;
        private final Clock clock;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final Store store = new Store();

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this person's.")
        private @Nullable String name;

        Lines(TokenDesk tokens, Terminal terminal, Clock clock) {
            this.tokens = tokens;
            this.terminal = terminal;
            this.clock = clock;
        }

        @Override
        public Integer call() {
            PersonId only = name == null ? null : person(spec, name);
            List<IssuedToken> lines = changed(() -> tokens.list(store.file())).stream()
                    .filter(t -> only == null || t.person().equals(only))
                    .toList();
            Instant now = clock.instant();
            if (store.json) {
                ArrayNode array = JSON.createArrayNode();
                lines.forEach(t -> array.add(json(t, t.state(now))));
                terminal.out().println(JSON.createObjectNode().set("tokens", array));
                return ExitCode.FINE;
            }
            TextTable table = TextTable.of("ID", "PERSON", "STATE", "ISSUED", "UNTIL", "LABEL");
            for (IssuedToken t : lines) {
                table.add(List.of(
                        t.id(),
                        t.person().value(),
                        t.state(now),
                        minutes(t.createdAt()),
                        minutes(t.expiresAt()),
                        Printable.line(t.label())));
            }
            terminal.out().print(lines.isEmpty() ? "There is no token." + System.lineSeparator() : table.text());
            return ExitCode.FINE;
        }
    }

    @Command(
            name = "revoke",
            description = {
                "Revoke one token of a person, or all; it is refused from the next request on.",
                "Stop the installation first: the audit log has one writer."
            },
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        private final TokenDesk tokens;
        private final Terminal terminal;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Mixin
        private final Store store = new Store();

        @Parameters(paramLabel = "NAME", description = "Whose token.")
        @SuppressWarnings("NullAway.Init")
        private String name;

        @ArgGroup(exclusive = true, multiplicity = "1")
        @SuppressWarnings("NullAway.Init")
        private Which which;

        /** One or all. */
        static final class Which {
            @Option(names = "--id", paramLabel = "ID", description = "The token's id, as 'user token list' prints it.")
            private @Nullable String id;

            @Option(names = "--all", description = "Every token of this person.")
            private boolean all;

            /** The one token, or empty for all. */
            Optional<String> one() {
                return all ? Optional.empty() : Optional.ofNullable(id);
            }
        }

        Revoke(TokenDesk tokens, Terminal terminal) {
            this.tokens = tokens;
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            PersonId person = person(spec, name);
            if (which.one().isEmpty()) {
                changed(() -> {
                    tokens.revokeAll(store.file(), person);
                    return true;
                });
                return said(true, person, "every token of " + person + " is revoked");
            }
            String id = which.one().get();
            if (!id.matches("[0-9a-f]{12}")) {
                throw new ParameterException(
                        spec.commandLine(), "a token's id is 12 hex digits, as 'user token list' prints it");
            }
            boolean revoked = changed(() -> tokens.revoke(store.file(), person, id));
            return said(
                    revoked,
                    person,
                    revoked
                            ? "token " + id + " of " + person + " is revoked"
                            : person + " has no token " + id + " that is not revoked");
        }

        private int said(boolean revoked, PersonId person, String sentence) {
            if (store.json) {
                terminal.out()
                        .println(JSON.createObjectNode()
                                .put("person", person.value())
                                .put("revoked", revoked));
            } else {
                (revoked ? terminal.out() : terminal.err()).println(sentence);
            }
            return revoked ? ExitCode.FINE : ExitCode.NO;
        }
    }

    /** A call of the store. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T changed(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        } catch (ProblemException e) {
            throw new CommandException(e.problem().code().sentence(), e);
        } catch (AuditUnavailableException e) {
            throw new CommandException("nothing was changed: " + e.getMessage(), e);
        }
    }

    private static PersonId person(CommandSpec spec, String name) {
        try {
            return new PersonId(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectNode json(IssuedToken token, String state) {
        Instant revoked = token.revokedAt();
        return JSON.createObjectNode()
                .put("id", token.id())
                .put("person", token.person().value())
                .put("label", token.label())
                .put("state", state)
                .put(
                        "issuedAt",
                        token.createdAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "expiresAt",
                        token.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "revokedAt",
                        revoked == null
                                ? null
                                : revoked.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String minutes(Instant instant) {
        return instant.toString().substring(0, 10) + " " + instant.toString().substring(11, 16) + " UTC";
    }
}
