package io.weir.cli;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.policy.PolicyAdmission;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.load.PolicyLoad;
import io.weir.policy.load.PolicyLoader;
import io.weir.problem.Outcome;
import io.weir.query.Explaining;
import io.weir.query.Statements;
import io.weir.query.catalog.SchemaViews;
import io.weir.query.catalog.shadow.EmbeddedShadowServer;
import io.weir.query.catalog.shadow.ShadowCatalogue;
import io.weir.query.catalog.shadow.ShadowLimits;
import io.weir.query.parse.SqlFrontEnd;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir policy explain}. */
@Command(
        name = "explain",
        description = {
            "Say how a statement of a person would be ruled on: refused and why, or what would be run.",
            "Starts a private PostgreSQL for the types of the statement; no source is touched and nothing is recorded."
        },
        mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", required = true, description = "The policy directory.")
    @SuppressWarnings("NullAway.Init")
    private Path policy;

    @Option(names = "--as", paramLabel = "PERSON@PROJECT", required = true, description = "Who asks, in which project.")
    @SuppressWarnings("NullAway.Init")
    private String asker;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "Europe/London",
            description = "Where a day begins for agreements and training (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private ZoneId zone;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the private PostgreSQL runs (default: a temporary directory).")
    private @Nullable Path state;

    @Option(
            names = "--binaries",
            paramLabel = "DIR",
            description = "Where PostgreSQL's programs are unpacked once (default: .cache/weir in the home directory).")
    private @Nullable Path binaries;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Parameters(paramLabel = "SQL", description = "The statement, in one argument.")
    @SuppressWarnings("NullAway.Init")
    private String sql;

    PolicyExplainCommand(Terminal terminal, Clock clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() {
        int at = asker.lastIndexOf('@');
        if (at < 1 || at == asker.length() - 1) {
            throw new ParameterException(spec.commandLine(), "--as is written PERSON@PROJECT");
        }
        PolicySnapshot snapshot = snapshot();
        PersonId person;
        try {
            person = new PersonId(asker.substring(0, at));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Outcome<Asker> admitted =
                new PolicyAdmission(() -> snapshot, clock, zone).admit(person, asker.substring(at + 1), "explain");
        Outcome<Explaining.Explanation> outcome = admitted.then(who -> explained(snapshot, who));
        terminal.out()
                .print(json ? ExplanationText.json(snapshot, outcome) : ExplanationText.text(snapshot, sql, outcome));
        return switch (outcome) {
            case Outcome.Value<Explaining.Explanation> ignored -> ExitCode.FINE;
            case Outcome.Refused<Explaining.Explanation> ignored -> ExitCode.NO;
        };
    }

    private PolicySnapshot snapshot() {
        if (!Files.isDirectory(policy)) {
            throw new CommandException("there is no directory " + policy);
        }
        try {
            PolicyLoader loader = new PolicyLoader(
                    name -> Optional.ofNullable(terminal.environment().get(name)));
            return switch (loader.load(policy)) {
                case PolicyLoad.Loaded(PolicySnapshot loaded) -> loaded;
                case PolicyLoad.Rejected(List<YamlProblem> problems) ->
                    throw new CommandException("the policy has %d problems (weir policy check lists them), first: %s"
                            .formatted(problems.size(), problems.getFirst()));
            };
        } catch (IOException e) {
            throw new CommandException("cannot read " + e.getMessage(), e);
        }
    }

    private Outcome<Explaining.Explanation> explained(PolicySnapshot snapshot, Asker who) {
        Path directory = null;
        try {
            directory = state == null
                    ? Files.createTempDirectory("weir")
                    : Files.createDirectories(state.resolve("explain"));
            try (ShadowCatalogue shadow = new ShadowCatalogue(
                            new EmbeddedShadowServer(directory, cache(), random), ShadowLimits.standard(), random);
                    SqlFrontEnd frontEnd = new SqlFrontEnd()) {
                return new Explaining(new Statements(new SchemaViews(), shadow.typeOracle(), frontEnd))
                        .explain(snapshot, who, sql);
            }
        } catch (IOException e) {
            throw new CommandException("cannot use a directory for the private PostgreSQL", e);
        } finally {
            if (state == null && directory != null) {
                TemporaryFiles.remove(directory);
            }
        }
    }

    private Path cache() {
        if (binaries != null) {
            return binaries;
        }
        return Path.of(terminal.variable("HOME").orElse("."), ".cache", "weir", "postgresql");
    }
}
