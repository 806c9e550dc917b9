package io.weir;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.weir.audit.format.SignerKey;
import io.weir.connector.Secret;
import io.weir.demo.data.DemoData;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoSizes;
import io.weir.demo.server.LocalBucketServer;
import io.weir.demo.server.LocalCertificate;
import io.weir.demo.server.LocalSftpServer;
import io.weir.embedded.ClusterConfig;
import io.weir.embedded.PostgresCluster;
import io.weir.embedded.TestPostgres;
import io.weir.query.catalog.shadow.ExternalShadowServer;
import io.weir.query.catalog.shadow.ShadowServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** What surrounds Weir: a small demo hospital, the control store, a bucket, an SFTP server; each can be broken and mended. */
final class DemoServers implements AutoCloseable {
    private static final String BUCKET = "fells-releases";
    private static final String USER_KEY = "secrets/sftp-user-key";

    /** A PostgreSQL that can be cut off and come back on the same port with the same data. */
    static final class Database {
        private final ClusterConfig config;
        private PostgresCluster cluster;

        private Database(Path directory, int port) {
            // Commits survive the end of the server, as in real life; the machine does not end, so nothing is synced.
            this.config = ClusterConfig.durable(
                            directory, TestPostgres.binariesCache(), new ClusterConfig.Listen.Loopback(port))
                    .with("fsync", "off");
            this.cluster = PostgresCluster.start(config, new SecureRandom());
        }

        PostgresCluster cluster() {
            return cluster;
        }

        PGSimpleDataSource owner() {
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(cluster.jdbcUrl("postgres"));
            owner.setUser(cluster.superuser());
            owner.setPassword(cluster.superuserPassword().value());
            return owner;
        }

        /** Immediate shutdown: what {@code pg_ctl stop -m immediate} sends. */
        void cutOff() throws Exception {
            new ProcessBuilder("kill", "-QUIT", Long.toString(cluster.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            cluster.onExit().get(20, TimeUnit.SECONDS);
            cluster.close();
        }

        void comeBack() {
            cluster = PostgresCluster.start(config, new SecureRandom());
        }
    }

    private final Path state;
    private final SecureRandom random = new SecureRandom();
    private final QuickstartFiles files;
    private final Database source;
    private final Database control;
    private final LocalBucketServer bucket;
    private final int sftpPort;
    private final LocalCertificate certificate;
    private LocalSftpServer sftp;

    static DemoServers start(Path state) throws IOException, SQLException, GeneralSecurityException {
        return new DemoServers(state);
    }

    private DemoServers(Path state) throws IOException, SQLException, GeneralSecurityException {
        this.state = state;
        files = new QuickstartFiles(state, random);
        files.prepare();
        source = new Database(state.resolve("source"), port("source"));
        control = new Database(state.resolve("control"), port("control"));
        DemoData.generate(source.owner(), DemoData.SEED, DemoSizes.SMALL);
        DemoData.createReader(source.owner(), secret("source-password"));
        bucket = LocalBucketServer.start(
                state.resolve("bucket"),
                port("bucket"),
                BUCKET,
                Secret.of(secret("bucket-access-key")),
                Secret.of(secret("bucket-secret-key")),
                Clock.systemUTC(),
                random);
        files.write(state.resolve(USER_KEY + ".pub"), LocalSftpServer.makeUserKey(state.resolve(USER_KEY)));
        sftpPort = port("sftp");
        sftp = startSftp("sftp");
        certificate = LocalCertificate.in(Files.createDirectories(state.resolve("tls")), Clock.systemUTC(), random);
        makeKeys();
        installPolicy(policyDirectory());
        files.write(configurationFile(), configurationText());
    }

    private void makeKeys() throws IOException, GeneralSecurityException {
        files.secret(
                "control-password", () -> control.cluster().superuserPassword().value());
        files.secret(
                "shadow-password",
                () -> TestPostgres.cluster().superuserPassword().value());
        byte[] signing = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        files.secret("audit-signing-key", () -> Base64.getEncoder().encodeToString(signing));
        files.write(
                auditKeys(), SignerKey.of("weir.test/audit", signing).verifier().encode() + "\n");
        files.secret("audit-disclosure-key", () -> Base64.getEncoder().encodeToString(files.random(32)));
        files.write(state.resolve("secrets/pseudonym-kek"), files.random(32));
        KeyPair recipient = new X25519KeyPairGenerator().generateKeyPair();
        files.write(state.resolve("recipient.pub"), recipient.getPublic().toString());
    }

    /** The demo policy for these servers. */
    void installPolicy(Path directory) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(DemoPolicy.SOURCE_URL, source.cluster().jdbcUrl("postgres").replaceFirst("\\?.*", ""));
        values.put(DemoPolicy.RECIPIENT, Files.readString(state.resolve("recipient.pub")));
        values.put(DemoPolicy.BUCKET_ENDPOINT, bucket.endpoint().toString());
        values.put(DemoPolicy.BUCKET_CA_FILE, bucket.authority().toString());
        values.put(DemoPolicy.SFTP_HOST, "127.0.0.1");
        values.put(DemoPolicy.SFTP_PORT, String.valueOf(sftpPort));
        values.put(DemoPolicy.SFTP_HOST_KEY, sftp.hostKey());
        DemoPolicy.install(directory, values);
    }

    private String configurationText() throws IOException {
        return """
                listen:
                  postgres: {host: 127.0.0.1, port: %d}
                  web: {host: 127.0.0.1, port: %d}
                tls: {certificate: tls/tls.crt, key: tls/tls.key}
                controlStore: {url: "%s", user: weir, password: {file: secrets/control-password}}
                shadowCatalogue: {url: "%s", user: weir, password: {file: secrets/shadow-password}}
                audit:
                  directory: audit
                  origin: weir.test/audit
                  signingKey: {file: secrets/audit-signing-key}
                  disclosureKey: {file: secrets/audit-disclosure-key}
                policy: {directory: policy, timeZone: Europe/London}
                pseudonyms: {keyEncryptionKey: secrets/pseudonym-kek, masters: masters}
                spool: {directory: spool}
                limits: {statementSeconds: 20, connectionsPerPerson: 40}
                """.formatted(
                        postgresPort(),
                        webPort(),
                        control.cluster().jdbcUrl("postgres"),
                        TestPostgres.cluster().jdbcUrl("postgres"));
    }

    Path state() {
        return state;
    }

    Path configurationFile() {
        return state.resolve("weir.yaml");
    }

    Path policyDirectory() {
        return state.resolve("policy");
    }

    Path auditKeys() {
        return state.resolve("audit-keys.txt");
    }

    Path certificate() {
        return certificate.authority();
    }

    /** The secret of this name, made on first use. */
    String secret(String name) {
        return files.secret(name, () -> files.token(24));
    }

    int postgresPort() {
        return port("postgres");
    }

    int webPort() {
        return port("web");
    }

    /** The shadow catalogue lives on the tests' own PostgreSQL, which nobody breaks. */
    ShadowServer shadow() {
        return switch (TestPostgres.cluster().endpoint()) {
            case PostgresCluster.Endpoint.Tcp(int port) ->
                new ExternalShadowServer("127.0.0.1", port, "weir", secret("shadow-password"));
            case PostgresCluster.Endpoint.Socket ignored -> throw new IllegalStateException("not on loopback");
        };
    }

    /** Ports are chosen once, whether they are in use now or not. */
    private int port(String name) {
        return Integer.parseInt(files.secret("port-" + name, () -> {
            try {
                return Integer.toString(files.port(name));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }));
    }

    /** Where the objects of the bucket lie as files. */
    Path bucketObjects() {
        return bucket.objects();
    }

    Database source() {
        return source;
    }

    Database control() {
        return control;
    }

    private LocalSftpServer startSftp(String keyDirectory) throws IOException {
        return LocalSftpServer.start(
                Files.createDirectories(state.resolve(keyDirectory)),
                sftpPort,
                "weir",
                Files.readString(state.resolve(USER_KEY + ".pub")),
                "/incoming");
    }

    /** Another server answers on the port of the SFTP server, with a host key of its own. */
    LocalSftpServer impersonateSftp() throws IOException {
        sftp.close();
        sftp = startSftp("impostor");
        return sftp;
    }

    /** The server with the pinned key is back. */
    LocalSftpServer restoreSftp() throws IOException {
        sftp.close();
        sftp = startSftp("sftp");
        return sftp;
    }

    @Override
    public void close() {
        try {
            sftp.close();
            bucket.close();
        } catch (IOException e) {
            System.err.println("a demo server did not stop: " + e);
        }
        source.cluster().close();
        control.cluster().close();
    }
}
