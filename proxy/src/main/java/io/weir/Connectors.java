package io.weir;

import io.weir.config.Secrets;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.jdbc.PoolLimits;
import io.weir.connector.minio.MinioDestination;
import io.weir.connector.minio.MinioDestinationConfig;
import io.weir.connector.postgresql.PostgresSourceConfig;
import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.connector.postgresql.ServerTrust;
import io.weir.connector.sftp.SftpDestination;
import io.weir.connector.sftp.SftpDestinationConfig;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.sqlserver.SqlServerAddress;
import io.weir.connector.sqlserver.SqlServerSourceConfig;
import io.weir.connector.sqlserver.SqlServerSourceConnector;
import io.weir.policy.Destination;
import io.weir.policy.SecretReference;
import io.weir.policy.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Connectors for what the policy names. Secrets are read when a connector is made. */
final class Connectors {
    private static final int POOLS = 64;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Path policyDirectory;
    private final Secrets secrets;
    private final SecureRandom random;
    private final Duration longestStatement;

    Connectors(Path policyDirectory, Secrets secrets, SecureRandom random, Duration longestStatement) {
        this.policyDirectory = policyDirectory;
        this.secrets = secrets;
        this.random = random;
        this.longestStatement = longestStatement;
    }

    Map<String, SourceConnector> sources(Map<String, Source> sources) throws IOException {
        Map<String, SourceConnector> connectors = new HashMap<>();
        for (Source source : sources.values()) {
            connectors.put(source.id(), source(source));
        }
        return connectors;
    }

    private SourceConnector source(Source source) throws IOException {
        return switch (source.dialect()) {
            case "postgresql" -> postgresql(source);
            case "sqlserver" -> sqlServer(source);
            default -> throw new IOException("source " + source.id() + ": no connector speaks " + source.dialect());
        };
    }

    private SourceConnector postgresql(Source source) throws IOException {
        boolean loopback = source.url().matches("jdbc:postgresql://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?/.*");
        ServerTrust trust = loopback ? new ServerTrust.Plaintext() : new ServerTrust.VerifyFull(null);
        return new PostgresSourceConnector(new PostgresSourceConfig(
                source.url(),
                source.user(),
                secret(source.password()),
                trust,
                source.poolSize(),
                POOLS,
                CONNECT,
                longestStatement));
    }

    private SourceConnector sqlServer(Source source) throws IOException {
        SqlServerAddress address;
        try {
            address = SqlServerAddress.parse(source.url());
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("source " + source.id() + ": " + unreadable.getMessage(), unreadable);
        }
        return new SqlServerSourceConnector(new SqlServerSourceConfig(
                address,
                source.user(),
                secret(source.password()),
                address.isLoopback()
                        ? new io.weir.connector.sqlserver.ServerTrust.Plaintext()
                        : new io.weir.connector.sqlserver.ServerTrust.Strict(null),
                SqlServerSourceConfig.Isolation.READ_COMMITTED,
                new PoolLimits(source.poolSize(), POOLS, CONNECT),
                longestStatement));
    }

    DestinationConnector open(Destination destination) throws DestinationException {
        try {
            return switch (destination) {
                case Destination.Bucket b ->
                    new MinioDestination(new MinioDestinationConfig(
                            b.endpoint(),
                            b.region(),
                            b.bucket(),
                            b.prefix().replaceFirst("/+$", ""),
                            secret(b.accessKey()),
                            secret(b.secretKey()),
                            b.caFile() == null ? null : policyDirectory.resolve(b.caFile()),
                            Duration.ofSeconds(60)));
                case Destination.Sftp s ->
                    new SftpDestination(
                            new SftpDestinationConfig(
                                    s.host(),
                                    s.port(),
                                    s.user(),
                                    s.hostKey(),
                                    secret(s.userKey()),
                                    s.directory(),
                                    Duration.ofSeconds(60)),
                            random);
            };
        } catch (IOException unreadable) {
            throw new DestinationException(
                    DestinationException.Kind.DENIED, "a secret of the destination cannot be read", unreadable);
        }
    }

    private io.weir.connector.Secret secret(SecretReference reference) throws IOException {
        return io.weir.connector.Secret.of(secrets.read(reference).reveal());
    }
}
