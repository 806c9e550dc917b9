package io.weir.config;

import org.jspecify.annotations.Nullable;

/** Every setting of {@code weir.yaml}: the reader, the reference page and the unknown-key check know no other list. */
public enum Setting {
    LISTEN_POSTGRES_HOST("listen.postgres.host", Kind.TEXT, "127.0.0.1", "Address on which analysts connect"),
    LISTEN_POSTGRES_PORT(
            "listen.postgres.port", Kind.PORT, "5432", "Port on which analysts connect; 0 takes a free one"),
    LISTEN_WEB_HOST("listen.web.host", Kind.TEXT, "127.0.0.1", "Address of the HTTP API"),
    LISTEN_WEB_PORT("listen.web.port", Kind.PORT, "8443", "Port of the HTTP API; 0 takes a free one"),
    TLS_CERTIFICATE("tls.certificate", Kind.PATH, null, "Certificate chain, PEM"),
    TLS_KEY("tls.key", Kind.PATH, null, "Private key of the certificate, PEM (PKCS#8)"),
    STORE_URL("controlStore.url", Kind.JDBC, null, "JDBC URL of the control store, without credentials"),
    STORE_USER("controlStore.user", Kind.TEXT, "weir", "Role in the control store"),
    STORE_PASSWORD("controlStore.password", Kind.SECRET, null, "Its password, as {env: NAME} or {file: path}"),
    SHADOW_URL(
            "shadowCatalogue.url",
            Kind.JDBC,
            null,
            "JDBC URL of the PostgreSQL that answers catalogue queries; it holds no data"),
    SHADOW_USER("shadowCatalogue.user", Kind.TEXT, "weir_shadow", "Role there; it creates databases"),
    SHADOW_PASSWORD("shadowCatalogue.password", Kind.SECRET, null, "Its password, as {env: NAME} or {file: path}"),
    AUDIT_DIRECTORY("audit.directory", Kind.PATH, null, "Where the audit log lies; on storage of its own"),
    AUDIT_ORIGIN("audit.origin", Kind.TEXT, null, "Name of this log in its checkpoints, such as tre.example.org/audit"),
    AUDIT_SIGNING_KEY("audit.signingKey", Kind.SECRET, null, "Ed25519 key that signs checkpoints"),
    AUDIT_DISCLOSURE_KEY(
            "audit.disclosureKey", Kind.SECRET, null, "Key that encrypts the sensitive fields beside the log"),
    POLICY_DIRECTORY("policy.directory", Kind.PATH, null, "The policy, kept in git"),
    POLICY_TIME_ZONE("policy.timeZone", Kind.ZONE, "Europe/London", "Where a day begins for agreements and training"),
    PSEUDONYM_KEY_FILE(
            "pseudonyms.keyEncryptionKey", Kind.PATH, null, "File of 32 bytes, or PKCS#12 when it ends in .p12"),
    PSEUDONYM_PASSPHRASE("pseudonyms.passphrase", Kind.OPTIONAL_SECRET, null, "Passphrase of the PKCS#12 file"),
    PSEUDONYM_MASTERS("pseudonyms.masters", Kind.PATH, null, "Directory of the wrapped project masters"),
    PSEUDONYM_EPOCH("pseudonyms.epoch", Kind.COUNT, "1", "A new epoch changes every pseudonym"),
    SPOOL_DIRECTORY("spool.directory", Kind.PATH, null, "Where encrypted releases wait for delivery"),
    LIMIT_CONNECTIONS("limits.connections", Kind.COUNT, "200", "Connections of analysts at the same time"),
    LIMIT_PER_PERSON(
            "limits.connectionsPerPerson",
            Kind.COUNT,
            "10",
            "Connections of one person at the same time, in all projects together; one more is refused with SQLSTATE 53300"),
    LIMIT_STATEMENT(
            "limits.statementBytes",
            Kind.COUNT,
            "131072",
            "Longest statement, in bytes of UTF-8; a longer one is refused unread with SQLSTATE 54000"),
    LIMIT_CELLS(
            "limits.resultCells",
            Kind.COUNT,
            "100000",
            "Largest protected table, in cells; also most rows of all tables that a statement reads or protects together"),
    LIMIT_ROWS(
            "limits.resultRows",
            Kind.COUNT,
            "5000000",
            "Most rows of one answer; more is refused with SQLSTATE 54000, for streamed rows after the last one permitted"),
    LIMIT_SECONDS("limits.statementSeconds", Kind.COUNT, "120", "Longest time a statement may take, in seconds"),
    LIMIT_IDLE("limits.idleSeconds", Kind.COUNT, "3600", "Idle connections are closed after this time, in seconds");

    /** What a value must look like. */
    enum Kind {
        TEXT("text"),
        PORT("port"),
        PATH("path"),
        JDBC("JDBC URL"),
        ZONE("time zone"),
        COUNT("whole number from 1"),
        SECRET("secret"),
        OPTIONAL_SECRET("secret, may be missing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isSecret() {
            return this == SECRET || this == OPTIONAL_SECRET;
        }
    }

    private final String path;
    private final Kind kind;
    private final @Nullable String fallback;
    private final String description;

    Setting(String path, Kind kind, @Nullable String fallback, String description) {
        this.path = path;
        this.kind = kind;
        this.fallback = fallback;
        this.description = description;
    }

    /** Path in the file, such as {@code listen.web.port}. */
    public String path() {
        return path;
    }

    Kind kind() {
        return kind;
    }

    /** Null when it has none: then the setting is required, unless it is an optional secret. */
    @Nullable
    String fallback() {
        return fallback;
    }

    public String description() {
        return description;
    }
}
