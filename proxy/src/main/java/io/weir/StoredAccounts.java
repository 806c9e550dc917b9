package io.weir;

import io.weir.audit.format.SignerKey;
import io.weir.audit.log.AuditLogSettings;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.log.KeyEncryptionKey;
import io.weir.audit.log.NioLogFiles;
import io.weir.cli.SecretWriter;
import io.weir.config.Configuration;
import io.weir.config.ConfigurationLoad;
import io.weir.config.ConfigurationLoader;
import io.weir.config.Secrets;
import io.weir.identity.PersonId;
import io.weir.identity.ScramSecret;
import io.weir.store.ControlStore;
import io.weir.store.PostgresAccounts;
import io.weir.store.RecordedChanges;
import io.weir.store.StoreConfig;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** Verifiers into the control store of an installation that is not running: the audit log has one writer. */
record StoredAccounts(Clock clock, SecureRandom random) implements SecretWriter {
    @Override
    public void write(Target target, PersonId person, ScramSecret secret) throws IOException {
        switch (target) {
            case Target.Dsn dsn ->
                throw new IOException("a change of an account must be recorded in the audit log: use --config FILE");
            case Target.Config config -> write(load(config), person, secret);
        }
    }

    private static Configuration load(Target.Config target) throws IOException {
        return switch (ConfigurationLoader.load(target.file())) {
            case ConfigurationLoad.Loaded loaded -> loaded.configuration();
            case ConfigurationLoad.Rejected rejected ->
                throw new IOException(String.join(
                        "\n", rejected.problems().stream().map(Object::toString).toList()));
        };
    }

    private void write(Configuration config, PersonId person, ScramSecret secret) throws IOException {
        Secrets secrets = new Secrets(config.directory(), name -> Optional.ofNullable(System.getenv(name)));
        try (FileAuditLog audit = FileAuditLog.open(
                        AuditLogSettings.at(config.audit().directory()),
                        SignerKey.of(
                                config.audit().origin(),
                                Wiring.pem(secrets.read(config.audit().signingKey())
                                        .reveal())),
                        new KeyEncryptionKey(Wiring.key(
                                secrets.read(config.audit().disclosureKey()).reveal())),
                        clock,
                        random,
                        new NioLogFiles());
                ControlStore store = ControlStore.open(StoreConfig.of(
                        config.controlStore().url(),
                        config.controlStore().user(),
                        secrets.read(config.controlStore().password()).reveal()))) {
            new PostgresAccounts(store, new RecordedChanges(store, audit, clock, random), clock, random)
                    .setSecret(person, secret, "command line");
        }
    }
}
