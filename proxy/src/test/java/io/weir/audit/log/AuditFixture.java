package io.weir.audit.log;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.audit.format.SignerKey;
import io.weir.audit.verify.AuditReport;
import io.weir.audit.verify.AuditVerifier;
import io.weir.audit.verify.Finding;
import io.weir.audit.verify.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** Keys and short ways for tests of the log. */
public final class AuditFixture {
    /** An Ed25519 key that signs nothing but tests: RFC 8410 wrapping of the first secret key of RFC 8032, section 7.1. */
    private static final byte[] PKCS8 = HexFormat.of()
            .parseHex("302e020100300506032b657004220420"
                    + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    public static final SignerKey KEY = SignerKey.of("weir.example.org/audit", PKCS8);
    public static final TrustedKeys TRUSTED = new TrustedKeys(List.of(KEY.verifier()));
    public static final KeyEncryptionKey KEK = new KeyEncryptionKey(new byte[32]);

    private AuditFixture() {}

    public static AuditLogSettings settings(Path directory) {
        return new AuditLogSettings(
                directory,
                Duration.ofSeconds(10),
                16_384,
                64L << 20,
                Duration.ofHours(24),
                Duration.ofSeconds(1),
                1_000);
    }

    public static FileAuditLog open(Path directory) {
        return open(settings(directory), new NioLogFiles());
    }

    public static FileAuditLog open(AuditLogSettings settings, LogFiles files) {
        return open(settings, files, Clock.systemUTC());
    }

    public static FileAuditLog open(AuditLogSettings settings, LogFiles files, InstantSource clock) {
        return FileAuditLog.open(settings, KEY, KEK, clock, new SecureRandom(), files);
    }

    /** An event of a query that the meaning check lets pass. */
    public static AuditEvent event(int number) {
        return AuditEvent.of(EventType.QUERY_REFUSED).with("query", "q" + number);
    }

    public static AuditReport verify(Path directory) throws IOException {
        return new AuditVerifier(TRUSTED, Clock.systemUTC()).verify(directory, null);
    }

    /** Kinds of findings, in order; empty when the log is valid. */
    public static List<Finding.Kind> kinds(AuditReport report) {
        return switch (report) {
            case AuditReport.Valid valid -> List.of();
            case AuditReport.Invalid invalid ->
                invalid.findings().stream().map(Finding::kind).distinct().toList();
        };
    }
}
