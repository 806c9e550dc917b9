package io.weir.bench;

import io.weir.demo.data.DemoData;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoSizes;
import io.weir.demo.server.LocalCertificate;
import io.weir.demo.server.LocalSftpServer;
import io.weir.embedded.ClusterConfig;
import io.weir.embedded.PostgresCluster;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What is measured: the demo's data in a PostgreSQL of its own, which also speaks TLS with Weir's certificate, and {@code weir serve} as a
 * process of its own in front of it. Kept in a directory; a second start takes seconds.
 */
final class Installation implements AutoCloseable {
    /** Who may ask for groups. */
    static final String AGGREGATE_ANALYST = "ada";

    static final String AGGREGATE_PROJECT = "diabetes";
    /** Who may read rows. */
    static final String ROW_ANALYST = "ben";

    static final String ROW_PROJECT = "flow";
    private static final String PASSWORD = "password-of-the-benchmark";
    private static final Pattern PORT = Pattern.compile("PostgreSQL on port (\\d+)");
    private static final String SETTINGS = """
            listen:
              postgres: {host: 127.0.0.1, port: 0}
              web: {host: 127.0.0.1, port: 0}
            tls: {certificate: tls/tls.crt, key: tls/tls.key}
            controlStore: {url: "%s", user: %s, password: {file: secrets/store-password}}
            shadowCatalogue: {url: "%s", user: %s, password: {file: secrets/shadow-password}}
            audit:
              directory: audit
              origin: weir.benchmark/audit
              signingKey: {file: secrets/audit-signing-key}
              disclosureKey: {file: secrets/audit-disclosure-key}
            policy: {directory: policy}
            pseudonyms: {keyEncryptionKey: secrets/pseudonyms.key, masters: masters}
            spool: {directory: spool}
            limits: {connections: 2000, connectionsPerPerson: 2000}
            """;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final PostgresCluster databases;
    private final PostgresCluster shadow;
    private final Process proxy;
    private final int port;

    /** Which road a connection takes. */
    enum Road {
        /** PostgreSQL with TLS and SCRAM, as its superuser. */
        DIRECT_TLS("direct"),
        /** The same without TLS. */
        DIRECT_PLAIN("direct without TLS"),
        WEIR("Weir");

        private final String label;

        Road(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private Installation(Path directory, String heap) throws Exception {
        this.directory = directory;
        for (String part : List.of("", "secrets", "masters", "spool", "tls")) {
            Files.createDirectories(
                    directory.resolve(part),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        ClusterConfig.Listen anywhere = new ClusterConfig.Listen.Loopback(0);
        databases = keep(PostgresCluster.start(
                ClusterConfig.durable(directory.resolve("databases"), binaries(), anywhere)
                        .with("max_connections", "300"),
                random));
        shadow = keep(PostgresCluster.start(
                ClusterConfig.disposable(directory.resolve("shadow"), binaries(), anywhere)
                        .with("max_connections", "300")
                        .withSuperuser("weir_shadow"),
                random));
        LocalCertificate.in(directory.resolve("tls"), Clock.systemUTC(), random);
        fill();
        speakTls();
        configure();
        for (String person : List.of(AGGREGATE_ANALYST, ROW_ANALYST)) {
            addUser(person);
        }
        Path log = directory.resolve("serve.log");
        proxy = weir(List.of("-Xmx" + heap), "serve", "--config", "weir.yaml")
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::destroy));
        keep(() -> {
            proxy.destroy();
            if (!proxy.waitFor(60, TimeUnit.SECONDS)) {
                proxy.destroyForcibly();
            }
        });
        port = awaitPort(log);
    }

    /**
     * Starts everything.
     *
     * @param heap most heap of the proxy, as {@code -Xmx} has it
     */
    @SuppressWarnings("resource")
    static Installation start(Path directory, String heap) throws Exception {
        return new Installation(directory, heap);
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    private void fill() throws SQLException, IOException {
        Path filled = directory.resolve("filled");
        if (Files.exists(filled)) {
            return;
        }
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(databases.jdbcUrl("postgres"));
        owner.setUser(databases.superuser());
        owner.setPassword(databases.superuserPassword().value());
        DemoData.generate(owner, DemoData.SEED, DemoSizes.FULL);
        DemoData.createReader(owner, PASSWORD);
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE store");
        }
        Files.createFile(filled);
    }

    /** Weir's own certificate, so that both sides sign with a key of one kind. The server writes the key: it must own the file. */
    private void speakTls() throws SQLException, IOException {
        try (Connection connection = direct(false, new Properties());
                Statement statement = connection.createStatement()) {
            for (String file : List.of("tls.crt", "tls.key")) {
                String lines = statement.enquoteLiteral(Files.readString(directory.resolve("tls").resolve(file)));
                statement.execute("COPY (SELECT unnest(string_to_array(" + lines + ", E'\\n'))) TO PROGRAM 'umask 077; cat > " + file + "'");
            }
            statement.execute("ALTER SYSTEM SET ssl_cert_file = 'tls.crt'");
            statement.execute("ALTER SYSTEM SET ssl_key_file = 'tls.key'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private void configure() throws Exception {
        Files.writeString(
                directory.resolve("weir.yaml"),
                SETTINGS.formatted(
                        withoutOptions(databases.jdbcUrl("store")),
                        databases.superuser(),
                        withoutOptions(shadow.jdbcUrl("postgres")),
                        shadow.superuser()));
        secret("store-password", databases.superuserPassword().value().getBytes(StandardCharsets.UTF_8));
        secret("shadow-password", shadow.superuserPassword().value().getBytes(StandardCharsets.UTF_8));
        for (String unused : List.of("bucket-access-key", "bucket-secret-key", "source-password")) {
            secret(unused, PASSWORD.getBytes(StandardCharsets.UTF_8));
        }
        Path signing = directory.resolve("secrets/audit-signing-key");
        if (!Files.exists(signing)) {
            Base64.Encoder base64 = Base64.getEncoder();
            byte[] pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
            secret("audit-signing-key", base64.encode(pair));
            byte[] key = new byte[32];
            random.nextBytes(key);
            secret("audit-disclosure-key", base64.encode(key));
            random.nextBytes(key);
            secret("pseudonyms.key", key);
            LocalSftpServer.makeUserKey(directory.resolve("secrets/sftp-user-key"));
        }
        Map<String, String> values = new HashMap<>();
        values.put(DemoPolicy.SOURCE_URL, withoutOptions(databases.jdbcUrl("postgres")));
        values.put(DemoPolicy.RECIPIENT, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
        values.put(DemoPolicy.BUCKET_ENDPOINT, "https://127.0.0.1:1");
        values.put(DemoPolicy.BUCKET_CA_FILE, certificate());
        values.put(DemoPolicy.SFTP_HOST, "127.0.0.1");
        values.put(DemoPolicy.SFTP_PORT, "1");
        values.put(DemoPolicy.SFTP_HOST_KEY, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPk8Wsy0yT2bLBuOhTp0E8Z1Pjp1C5L3vJxgq4vQbVU");
        DemoPolicy.install(policy(), values);
        Path source = policy().resolve("sources/hospital.yaml");
        Files.writeString(source, Files.readString(source).replaceFirst("poolSize: \\d+", "poolSize: 32"));
    }

    private void secret(String name, byte[] value) throws IOException {
        Files.write(directory.resolve("secrets").resolve(name), value);
    }

    private void addUser(String person) throws Exception {
        Path done = directory.resolve("added-" + person);
        if (Files.exists(done)) {
            return;
        }
        Process add = weir(List.of(), "user", "add", person, "--password-stdin", "--config", "weir.yaml")
                .redirectOutput(directory.resolve("user-add.log").toFile())
                .start();
        try (OutputStream in = add.getOutputStream()) {
            in.write((PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (add.waitFor() != 0) {
            throw new IOException("no account for " + person + ": see user-add.log");
        }
        Files.createFile(done);
    }

    /** With the options of the launcher. */
    private ProcessBuilder weir(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("-XX:TrimNativeHeapInterval=10000");
        }
        command.addAll(options);
        command.addAll(List.of(System.getProperty("weir.options", "").strip().split(" +")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-cp", classPath(), "io.weir.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        process.environment().put("MALLOC_ARENA_MAX", "2");
        return process;
    }

    /** Our own; the process works in another directory. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private int awaitPort(Path log) throws IOException, InterruptedException {
        for (int wait = 0; wait < 1_800 && proxy.isAlive(); wait++) {
            Matcher listening = PORT.matcher(Files.readString(log));
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            Thread.sleep(100);
        }
        close();
        throw new IOException("weir serve does not listen: " + Files.readString(log));
    }

    private static String withoutOptions(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    private String certificate() {
        return directory.resolve("tls/tls.crt").toString();
    }

    Path policy() {
        return directory.resolve("policy");
    }

    Path binaries() {
        return directory.resolve("binaries");
    }

    /** A connection to the rows; TLS is verified in full on both sides that have it. */
    Connection connect(Road road, Properties options) throws SQLException {
        return connect(road, ROW_ANALYST, ROW_PROJECT, options);
    }

    /** @param options of the driver */
    Connection connect(Road road, String person, String project, Properties options) throws SQLException {
        return switch (road) {
            case DIRECT_TLS -> direct(true, options);
            case DIRECT_PLAIN -> direct(false, options);
            case WEIR -> DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + project, login(person, PASSWORD, true, options));
        };
    }

    private Connection direct(boolean tls, Properties options) throws SQLException {
        return DriverManager.getConnection(
                withoutOptions(databases.jdbcUrl("postgres")),
                login(databases.superuser(), databases.superuserPassword().value(), tls, options));
    }

    private Properties login(String user, String password, boolean tls, Properties options) {
        Properties all = new Properties();
        all.putAll(options);
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.setProperty("sslmode", tls ? "verify-full" : "disable");
        all.setProperty("gssEncMode", "disable");
        if (tls) {
            all.setProperty("sslrootcert", certificate());
        }
        return all;
    }

    /** Runs a statement at the source, as its owner. */
    void atSource(String sql) throws SQLException {
        try (Connection connection = direct(false, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Resident memory of the proxy's process alone, MiB. */
    long residentMebibytes() throws IOException {
        return status("VmRSS");
    }

    /** The most it ever was. */
    long peakMebibytes() throws IOException {
        return status("VmHWM");
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + proxy.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + field));
    }

    /** Processor time of the proxy so far, seconds. */
    double processorSeconds() {
        return proxy.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Client connections that the shadow catalogue's server has. */
    int shadowBackends() throws SQLException {
        return count(shadow);
    }

    /** Client connections that the source and the control store have, without the one that asks. */
    int sourceBackends() throws SQLException {
        return count(databases);
    }

    private static int count(PostgresCluster cluster) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        cluster.jdbcUrl("postgres"), cluster.superuser(), cluster.superuserPassword().value());
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'")) {
            result.next();
            return result.getInt(1);
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception problem) {
                System.err.println("a part did not stop: " + problem.getMessage());
            }
        }
    }

    /** Driver options by name and value, in turn. */
    static Properties options(String... namesAndValues) {
        Properties options = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }
}
