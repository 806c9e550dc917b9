package io.weir;

import io.weir.audit.format.SignerKey;
import io.weir.audit.log.AuditLogSettings;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.log.KeyEncryptionKey;
import io.weir.audit.log.NioLogFiles;
import io.weir.config.Configuration;
import io.weir.config.ConfigurationLoad;
import io.weir.config.ConfigurationLoader;
import io.weir.config.Secrets;
import io.weir.store.ControlStore;
import io.weir.store.PostgresAccounts;
import io.weir.store.RecordedChanges;
import io.weir.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** The accounts of an installation that does not run, opened to change them: the audit log has one writer. */
final class StoppedInstallation implements AutoCloseable {
    private final FileAuditLog audit;
    private final ControlStore store;
    private final PostgresAccounts accounts;

    private StoppedInstallation(FileAuditLog audit, ControlStore store, PostgresAccounts accounts) {
        this.audit = audit;
        this.store = store;
        this.accounts = accounts;
    }

    /** @throws IOException when the file cannot be read or has problems; the message lists them all */
    static Configuration configuration(Path file) throws IOException {
        return switch (ConfigurationLoader.load(file)) {
            case ConfigurationLoad.Loaded loaded -> loaded.configuration();
            case ConfigurationLoad.Rejected rejected ->
                throw new IOException("the configuration has problems:\n"
                        + String.join(
                                "\n",
                                rejected.problems().stream()
                                        .map(Object::toString)
                                        .toList()));
        };
    }

    /**
     * Opens for writing.
     *
     * @throws io.weir.audit.AuditUnavailableException when the installation runs
     */
    static StoppedInstallation open(
            Configuration config, Function<String, Optional<String>> environment, Clock clock, SecureRandom random)
            throws IOException {
        Secrets secrets = new Secrets(config.directory(), environment);
        FileAuditLog audit = FileAuditLog.open(
                AuditLogSettings.at(config.audit().directory()),
                SignerKey.of(
                        config.audit().origin(),
                        Wiring.pem(secrets.read(config.audit().signingKey()).reveal())),
                new KeyEncryptionKey(
                        Wiring.key(secrets.read(config.audit().disclosureKey()).reveal())),
                clock,
                random,
                new NioLogFiles());
        try {
            ControlStore store = store(config, secrets);
            return new StoppedInstallation(
                    audit,
                    store,
                    new PostgresAccounts(store, new RecordedChanges(store, audit, clock, random), clock, random));
        } catch (IOException | RuntimeException failed) {
            audit.close();
            throw failed;
        }
    }

    static ControlStore store(Configuration config, Secrets secrets) throws IOException {
        return ControlStore.open(StoreConfig.of(
                config.controlStore().url(),
                config.controlStore().user(),
                secrets.read(config.controlStore().password()).reveal()));
    }

    PostgresAccounts accounts() {
        return accounts;
    }

    @Override
    public void close() {
        store.close();
        audit.close();
    }
}
