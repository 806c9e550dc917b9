package io.weir;

import io.weir.cli.SecretWriter;
import io.weir.cli.TokenDesk;
import io.weir.config.Configuration;
import io.weir.config.Secrets;
import io.weir.identity.ApiToken;
import io.weir.identity.IssuedToken;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import io.weir.policy.load.PolicyLoad;
import io.weir.policy.load.PolicyLoader;
import io.weir.store.ControlStore;
import io.weir.store.PostgresAccounts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Verifiers and tokens in the control store of an installation that is not running: the audit log has one writer. */
record StoredAccounts(Function<String, Optional<String>> environment, Clock clock, SecureRandom random)
        implements SecretWriter, TokenDesk {
    private static final String ACTOR = "command line";

    @Override
    public void write(Target target, PersonId person, ScramSecret secret) throws IOException {
        switch (target) {
            case Target.Dsn dsn ->
                throw new IOException("a change of an account must be recorded in the audit log: use --config FILE");
            case Target.Config(Path file) -> {
                try (StoppedInstallation stopped = open(StoppedInstallation.configuration(file))) {
                    stopped.accounts().setSecret(person, secret, ACTOR);
                }
            }
        }
    }

    @Override
    public Issued issue(Path file, PersonId person, String label, Duration validFor) throws IOException {
        Configuration config = StoppedInstallation.configuration(file);
        boolean known =
                switch (new PolicyLoader(environment).load(config.policy().directory())) {
                    case PolicyLoad.Loaded loaded -> loaded.snapshot().people().containsKey(person);
                    // A policy with problems stops no token: serve tells the problems.
                    case PolicyLoad.Rejected rejected -> false;
                };
        try (StoppedInstallation stopped = open(config)) {
            ApiToken token = stopped.accounts().issueToken(person, label, validFor, ACTOR);
            IssuedToken facts = stopped.accounts().tokens().stream()
                    .filter(t -> t.id().equals(token.id()))
                    .findFirst()
                    .orElseThrow();
            return new Issued(token, facts, known);
        }
    }

    @Override
    public List<IssuedToken> list(Path file) throws IOException {
        Configuration config = StoppedInstallation.configuration(file);
        try (ControlStore store = StoppedInstallation.store(config, new Secrets(config.directory(), environment))) {
            return PostgresAccounts.tokens(store);
        }
    }

    @Override
    public boolean revoke(Path file, PersonId person, String id) throws IOException {
        try (StoppedInstallation stopped = open(StoppedInstallation.configuration(file))) {
            return stopped.accounts().revokeToken(person, id, ACTOR);
        }
    }

    @Override
    public void revokeAll(Path file, PersonId person) throws IOException {
        try (StoppedInstallation stopped = open(StoppedInstallation.configuration(file))) {
            stopped.accounts().revokeTokens(person, ACTOR);
        }
    }

    private StoppedInstallation open(Configuration config) throws IOException {
        return StoppedInstallation.open(config, environment, clock, random);
    }
}
