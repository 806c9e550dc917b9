package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.Terminal;
import io.weir.demo.data.DemoData;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoSizes;
import io.weir.demo.server.LocalCertificate;
import io.weir.demo.server.LocalSftpServer;
import io.weir.embedded.ClusterConfig;
import io.weir.embedded.PostgresCluster;
import io.weir.embedded.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What an operator has after following docs/operations/install.md, with the very file of that page: databases of its own, a directory with
 * {@code weir.yaml}, keys and the demo's policy. The serving process is one of its own.
 */
final class TestInstallation implements AutoCloseable {
    private static final String STORE_PASSWORD = "store-password-of-the-test";

    final Path directory;
    final Path config;
    private final PostgresCluster databases;
    private final PostgresCluster shadow;
    private final LocalSftpServer sftp;

    private TestInstallation(Path directory, PostgresCluster databases, PostgresCluster shadow, LocalSftpServer sftp) {
        this.directory = directory;
        this.config = directory.resolve("weir.yaml");
        this.databases = databases;
        this.shadow = shadow;
        this.sftp = sftp;
    }

    /** @param settings lines to append to the file of the page */
    static TestInstallation in(Path directory, String settings) throws Exception {
        SecureRandom random = new SecureRandom();
        Path clusters = TestPostgres.temporaryDirectory();
        PostgresCluster databases = PostgresCluster.start(
                ClusterConfig.disposable(
                        clusters.resolve("db"), TestPostgres.binariesCache(), new ClusterConfig.Listen.Loopback(0)),
                random);
        PostgresCluster shadow = PostgresCluster.start(
                ClusterConfig.disposable(
                                clusters.resolve("shadow"),
                                TestPostgres.binariesCache(),
                                new ClusterConfig.Listen.Loopback(0))
                        .withSuperuser("weir_shadow"),
                random);
        Files.createDirectories(directory.resolve("secrets"));
        String userKey = LocalSftpServer.makeUserKey(directory.resolve("secrets/sftp-user-key"));
        LocalSftpServer sftp = LocalSftpServer.start(directory.resolve("council"), 0, "weir", userKey, "/incoming");
        TestInstallation installation = new TestInstallation(directory, databases, shadow, sftp);
        installation.fill();
        installation.configure(settings, random);
        return installation;
    }

    private void fill() throws SQLException, IOException {
        try (Connection owner = owner("postgres");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE ROLE weir_store LOGIN PASSWORD '" + STORE_PASSWORD + "'");
            statement.execute("CREATE DATABASE weir_store OWNER weir_store");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(databases.jdbcUrl("postgres"));
        source.setUser(databases.superuser());
        source.setPassword(databases.superuserPassword().value());
        DemoData.generate(source, DemoData.SEED, DemoSizes.SMALL);
        Files.writeString(directory.resolve("secrets/source-password"), "source-password\n");
        DemoData.createReader(source, "source-password");
    }

    private Connection owner(String database) throws SQLException {
        return DriverManager.getConnection(
                databases.jdbcUrl(database),
                databases.superuser(),
                databases.superuserPassword().value());
    }

    private void configure(String settings, SecureRandom random) throws Exception {
        Files.writeString(config, documentedFile() + settings);
        makeKeys(random);
        LocalCertificate made =
                LocalCertificate.in(Files.createDirectories(directory.resolve("tls")), Clock.systemUTC(), random);
        Files.move(made.authority(), directory.resolve("tls/server.pem"));
        Files.move(made.key(), directory.resolve("tls/server.key"));
        for (String secret : List.of("bucket-access-key", "bucket-secret-key")) {
            Files.writeString(directory.resolve("secrets").resolve(secret), "a-secret-of-the-test\n");
        }
        Map<String, String> values = new HashMap<>();
        values.put(DemoPolicy.SOURCE_URL, databases.jdbcUrl("postgres").replaceFirst("\\?.*", ""));
        values.put(DemoPolicy.RECIPIENT, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
        values.put(DemoPolicy.BUCKET_ENDPOINT, "https://127.0.0.1:1");
        values.put(
                DemoPolicy.BUCKET_CA_FILE, directory.resolve("tls/server.pem").toString());
        values.put(DemoPolicy.SFTP_HOST, "127.0.0.1");
        values.put(DemoPolicy.SFTP_PORT, String.valueOf(sftp.port()));
        values.put(DemoPolicy.SFTP_HOST_KEY, sftp.hostKey());
        DemoPolicy.install(directory.resolve("policy"), values);
    }

    /** The page's first YAML block; addresses are this test's. */
    private String documentedFile() throws IOException {
        String yaml = block("yaml");
        Map<String, String> here = Map.of(
                "{host: 10.0.0.5, port: 5432}", "{host: 127.0.0.1, port: 0}",
                "{host: 10.0.0.5, port: 8443}", "{host: 127.0.0.1, port: 0}",
                "jdbc:postgresql://db.internal:5432/weir", withoutOptions(databases.jdbcUrl("weir_store")),
                "user: weir_owner", "user: weir_store",
                "jdbc:postgresql://127.0.0.1:5433/postgres", withoutOptions(shadow.jdbcUrl("postgres")));
        for (Map.Entry<String, String> address : here.entrySet()) {
            assertThat(yaml).contains(address.getKey());
            yaml = yaml.replace(address.getKey(), address.getValue());
        }
        return yaml;
    }

    private static String withoutOptions(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    private static String block(String language) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations", "install.md"));
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(matcher.find()).as("a block of " + language).isTrue();
        return matcher.group(1);
    }

    /** By the commands of the page where OpenSSL is there, else the same files. */
    private void makeKeys(SecureRandom random) throws Exception {
        Process documented = new ProcessBuilder(
                        "sh", "-e", "-c", "command -v openssl >/dev/null || exit 42\n" + block("sh"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(documented.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = documented.waitFor();
        if (code == 42) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            byte[] signing = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            Files.writeString(
                    directory.resolve("secrets/audit-signing-key"),
                    "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(signing)
                            + "\n-----END PRIVATE KEY-----\n");
            Files.writeString(
                    directory.resolve("secrets/audit-disclosure-key"),
                    Base64.getEncoder().encodeToString(key) + "\n");
            random.nextBytes(key);
            Files.write(directory.resolve("secrets/pseudonyms.key"), key);
            return;
        }
        assertThat(code).as(said).isZero();
    }

    /** What a command answered. */
    record Answer(int code, String out, String err) {}

    /** Changes a file of the policy. */
    void changePolicy(String file, String from, String to) throws IOException {
        Path path = directory.resolve("policy").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    Answer weir(String... arguments) {
        return weir("", Map.of(), arguments);
    }

    /** In this process, with an environment of its own; files of the installation may be named relative to it. */
    Answer weir(String input, Map<String, String> environment, String... arguments) {
        Map<String, String> variables = new HashMap<>(secrets());
        variables.putAll(environment);
        String[] absolute = arguments.clone();
        for (int i = 2; i < absolute.length; i++) {
            if (Files.exists(directory.resolve(absolute[i]))) {
                absolute[i] = directory.resolve(absolute[i]).toString();
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.command(new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        variables,
                        null))
                .execute(absolute);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Map<String, String> secrets() {
        return Map.of(
                "WEIR_STORE_PASSWORD",
                STORE_PASSWORD,
                "WEIR_SHADOW_PASSWORD",
                shadow.superuserPassword().value());
    }

    private ProcessBuilder process(String... arguments) {
        ProcessBuilder builder = WeirProcess.of(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"), arguments)
                .directory(directory.toFile());
        builder.environment().putAll(secrets());
        return builder;
    }

    /** {@code weir serve}, listening. */
    Running serve() throws Exception {
        Path err = Files.createTempFile(directory, "serve", ".txt");
        Process process = process("serve", "--config", "weir.yaml")
                .redirectOutput(ProcessBuilder.Redirect.appendTo(err.toFile()))
                .redirectError(err.toFile())
                .start();
        Pattern ports = Pattern.compile("PostgreSQL on port (\\d+), HTTPS on port (\\d+)");
        for (int wait = 0; wait < 1_200 && process.isAlive(); wait++) {
            Matcher listening = ports.matcher(Files.readString(err));
            if (listening.find()) {
                return new Running(
                        process,
                        Integer.parseInt(listening.group(1)),
                        Integer.parseInt(listening.group(2)),
                        err,
                        directory.resolve("tls/server.pem"));
            }
            Thread.sleep(100);
        }
        process.destroyForcibly();
        throw new AssertionError("serve does not listen: " + Files.readString(err));
    }

    /** A serving process. */
    record Running(Process process, int postgres, int web, Path log, Path authority) implements AutoCloseable {
        Connection connect(String person, String project) throws SQLException {
            return connect(person, "password of " + person, project);
        }

        Connection connect(String person, String password, String project) throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:postgresql://localhost:" + postgres + "/" + project + "?sslmode=verify-full&sslrootcert="
                            + authority,
                    person,
                    password);
        }

        String url() {
            return "https://localhost:" + web;
        }

        /** SIGTERM. Returns the exit code. */
        int stop() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        sftp.close();
        shadow.close();
        databases.close();
    }
}
