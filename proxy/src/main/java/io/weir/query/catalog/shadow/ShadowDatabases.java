package io.weir.query.catalog.shadow;

import io.weir.query.catalog.GovernedSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The databases on one shadow server: made on demand from the hardened template, dropped when unused for longest. Thread-safe.
 *
 * <p>A database is filled under a passing name and renamed when complete, so that a half-made one is never used. A server that was
 * started anew is noticed at the next call: everything is made again.
 */
final class ShadowDatabases {
    private static final Duration ADMINISTRATION = Duration.ofSeconds(60);
    private static final String ORACLE = "_oracle";

    /** The catalogue's shape is this version's: clients are told so. */
    private static final String MAJOR = "16";

    private final ShadowServer server;
    private final ShadowLimits limits;
    private final Watchdog watchdog;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, ShadowDatabase> byFingerprint = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ShadowDatabase, Integer> leases = new HashMap<>();
    private final Set<String> roles = new HashSet<>();
    private final String template;
    /** For names of roles on a server without a password, which nobody else uses. */
    private final String ownSecret;

    private long generation = -1;

    ShadowDatabases(ShadowServer server, ShadowLimits limits, Watchdog watchdog, SecureRandom random) {
        this.server = server;
        this.limits = limits;
        this.watchdog = watchdog;
        this.random = random;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.ownSecret = HexFormat.of().formatHex(secret);
        this.template = read("settings.sql") + read("template.sql");
    }

    private static String read(String file) {
        try (InputStream in = ShadowDatabases.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** The database of a schema, for a short question of ours. */
    ShadowDatabase of(GovernedSchema schema) throws IOException {
        lock.lock();
        try {
            ShadowServer.Running running = upToDate();
            ShadowDatabase known = byFingerprint.get(schema.fingerprint());
            if (known != null) {
                return known;
            }
            ShadowDatabase made = create(running, schema);
            byFingerprint.put(schema.fingerprint(), made);
            dropUnused(running);
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Opens a backend for an analyst; the database stays until {@link #giveBack}. */
    BackendConnection open(ShadowDatabase database, Map<String, String> settings) throws IOException {
        ShadowServer.Running running;
        String role;
        lock.lock();
        try {
            running = upToDate();
            if (running.generation() != database.generation()) {
                throw new IOException("the shadow was started anew");
            }
            role = roleName(running.password().isEmpty() ? ownSecret : running.password());
            ensureRole(running, role);
            leases.merge(database, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
        try {
            return BackendConnection.open(
                    running.address(), login(running, role, database.name(), settings), watchdog, random);
        } catch (IOException | RuntimeException e) {
            giveBack(database);
            throw e;
        }
    }

    void giveBack(ShadowDatabase database) {
        lock.lock();
        try {
            leases.computeIfPresent(database, (key, count) -> count > 1 ? count - 1 : null);
        } finally {
            lock.unlock();
        }
    }

    private BackendConnection openOracle(ShadowDatabase database) throws IOException {
        ShadowServer.Running running = server.ensureRunning();
        if (running.generation() != database.generation()) {
            throw new IOException("the shadow was started anew");
        }
        Map<String, String> settings = Map.of(
                "search_path", database.searchPath(),
                "default_transaction_read_only", "on",
                "weir.planning", "on",
                "jit", "off");
        return BackendConnection.open(
                running.address(), login(running, ORACLE, database.name(), settings), watchdog, random);
    }

    private ShadowServer.Running upToDate() throws IOException {
        ShadowServer.Running running = server.ensureRunning();
        if (running.generation() != generation) {
            byFingerprint.values().forEach(ShadowDatabase::dropped);
            byFingerprint.clear();
            leases.clear();
            roles.clear();
            try (BackendConnection admin = administrator(running, "postgres")) {
                prepare(running, admin);
            }
            generation = running.generation();
        }
        return running;
    }

    /** Drops what an earlier run left and builds the template. */
    private void prepare(ShadowServer.Running running, BackendConnection admin) throws IOException {
        List<List<@Nullable String>> version =
                admin.run("SELECT current_setting('server_version_num')::int / 10000", ADMINISTRATION);
        if (!MAJOR.equals(version.get(0).get(0))) {
            throw new IOException("the shadow must be PostgreSQL " + MAJOR);
        }
        List<List<@Nullable String>> old = admin.run(
                "SELECT datname FROM pg_database WHERE datname ~ '^(weir_template|[vn]_[0-9a-f]{24})$'",
                ADMINISTRATION);
        for (List<@Nullable String> row : old) {
            admin.run("DROP DATABASE " + Sql.identifier(String.valueOf(row.get(0))) + " WITH (FORCE)", ADMINISTRATION);
        }
        admin.run("CREATE DATABASE weir_template TEMPLATE template0 STRATEGY file_copy", ADMINISTRATION);
        admin.run("REVOKE ALL ON DATABASE postgres, template1, weir_template FROM PUBLIC", ADMINISTRATION);
        try (BackendConnection inside = administrator(running, "weir_template")) {
            inside.run(template, ADMINISTRATION);
        }
        ensureRole(running, ORACLE);
    }

    private ShadowDatabase create(ShadowServer.Running running, GovernedSchema schema) throws IOException {
        String tag = schema.fingerprint().substring(0, 24);
        String passing = Sql.identifier("n_" + tag);
        String name = "v_" + tag;
        try (BackendConnection admin = administrator(running, "postgres")) {
            admin.run("DROP DATABASE IF EXISTS " + passing + " WITH (FORCE)", ADMINISTRATION);
            admin.run("CREATE DATABASE " + passing + " TEMPLATE weir_template STRATEGY file_copy", ADMINISTRATION);
            try (BackendConnection inside = administrator(running, "n_" + tag)) {
                inside.run(String.join(";\n", GovernedDdl.statements(schema)), ADMINISTRATION);
            }
            admin.run("REVOKE ALL ON DATABASE " + passing + " FROM PUBLIC", ADMINISTRATION);
            admin.run("GRANT CONNECT ON DATABASE " + passing + " TO PUBLIC", ADMINISTRATION);
            rename(admin, passing, Sql.identifier(name));
        }
        return new ShadowDatabase(
                name,
                GovernedDdl.searchPath(schema),
                running.generation(),
                limits.oracleConnections(),
                limits.waitLimit(),
                this::openOracle);
    }

    /** The connection that filled the database may still be on its way out. */
    private static void rename(BackendConnection admin, String from, String to) throws IOException {
        admin.run(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
                        + Sql.literal(from.replace("\"", "")),
                ADMINISTRATION);
        admin.run("ALTER DATABASE " + from + " RENAME TO " + to, ADMINISTRATION);
    }

    private void dropUnused(ShadowServer.Running running) throws IOException {
        while (byFingerprint.size() > limits.databases()) {
            @Nullable String oldest = null;
            for (Map.Entry<String, ShadowDatabase> entry : byFingerprint.entrySet()) {
                if (!leases.containsKey(entry.getValue())) {
                    oldest = entry.getKey();
                    break;
                }
            }
            ShadowDatabase unused = oldest == null ? null : byFingerprint.remove(oldest);
            if (unused == null) {
                return;
            }
            unused.dropped();
            try (BackendConnection admin = administrator(running, "postgres")) {
                admin.run("DROP DATABASE " + Sql.identifier(unused.name()) + " WITH (FORCE)", ADMINISTRATION);
            }
        }
    }

    private void ensureRole(ShadowServer.Running running, String role) throws IOException {
        if (roles.contains(role)) {
            return;
        }
        try (BackendConnection admin = administrator(running, "postgres")) {
            List<List<@Nullable String>> known = admin.run(
                    "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles"
                            + " WHERE rolname = " + Sql.literal(role),
                    ADMINISTRATION);
            if (known.isEmpty()) {
                admin.run("CREATE ROLE " + Sql.identifier(role) + " LOGIN", ADMINISTRATION);
            } else if (!"f".equals(known.get(0).get(0))) {
                throw new IOException("a role that is not ours bears the name of one of the shadow's");
            }
            // Who reads the catalogue, and when, is nobody's business either.
            admin.run("ALTER ROLE " + Sql.identifier(role) + " SET track_counts = off", ADMINISTRATION);
            if (!running.password().isEmpty()) {
                admin.run(
                        "ALTER ROLE " + Sql.identifier(role) + " PASSWORD "
                                + Sql.literal(rolePassword(running.password(), role)),
                        ADMINISTRATION);
            }
        }
        roles.add(role);
    }

    private BackendConnection administrator(ShadowServer.Running running, String database) throws IOException {
        Map<String, String> settings =
                Map.of("allow_system_table_mods", "on", "client_min_messages", "warning", "track_counts", "off");
        return BackendConnection.open(
                running.address(),
                new Login(running.superuser(), running.password(), database, settings),
                watchdog,
                random);
    }

    private static Login login(
            ShadowServer.Running running, String role, String database, Map<String, String> settings) {
        String password = running.password().isEmpty() ? "" : rolePassword(running.password(), role);
        return new Login(role, password, database, settings);
    }

    /** Derived, so that several proxies on one external server agree without talking. */
    static String rolePassword(String superuserPassword, String role) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derived(superuserPassword, "password " + role));
    }

    /**
     * The one role of all analysts: numbers and names of roles can be counted by whoever reads the catalogue, so that roles of their own would tell
     * how many people are here. The session tells each their own name.
     */
    static String roleName(String secret) {
        return "a_" + HexFormat.of().formatHex(derived(secret, "name"), 0, 12);
    }

    private static byte[] derived(String secret, String of) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(("weir shadow role " + of).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
