package io.weir.config;

import io.weir.policy.SecretReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One installation. Paths are absolute.
 *
 * @param directory of the configuration file; secret files are relative to it
 */
public record Configuration(
        Path directory,
        Address postgres,
        Address web,
        Tls tls,
        Database controlStore,
        Database shadowCatalogue,
        Audit audit,
        Policy policy,
        Pseudonyms pseudonyms,
        Path spool,
        Limits limits) {
    /** Where to listen; port 0 takes a free one. */
    public record Address(String host, int port) {}

    /** PEM files. */
    public record Tls(Path certificate, Path key) {}

    /** A PostgreSQL database. */
    public record Database(String url, String user, SecretReference password) {}

    /** @param origin name of the log in its checkpoints */
    public record Audit(Path directory, String origin, SecretReference signingKey, SecretReference disclosureKey) {}

    /** @param timeZone where a day begins for agreements and training */
    public record Policy(Path directory, ZoneId timeZone) {}

    /** @param passphrase of a PKCS#12 key file */
    public record Pseudonyms(Path keyEncryptionKey, Optional<SecretReference> passphrase, Path masters, int epoch) {}

    public record Limits(
            int connections,
            int connectionsPerPerson,
            int statementBytes,
            int resultCells,
            int resultRows,
            Duration statement,
            Duration idle) {}
}
