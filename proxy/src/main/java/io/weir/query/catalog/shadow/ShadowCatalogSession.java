package io.weir.query.catalog.shadow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.GovernedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One analyst's backend, taken when needed. See {@link CatalogSession} for the contract. */
final class ShadowCatalogSession implements CatalogSession {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowCatalogSession.class);

    /** Less than a socket's buffers hold, so that we never write while the server waits for us to read. */
    private static final int SLICE = 8 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where settings.sql looks for what {@link #tell} was told. */
    private static final String TOLD = "weir.settings";

    private static final Set<String> SETTINGS = Set.of(
            "datestyle",
            "timezone",
            "intervalstyle",
            "bytea_output",
            "extra_float_digits",
            "client_encoding",
            "search_path",
            "application_name");

    private final ShadowDatabases databases;
    private final ShadowLimits limits;
    private final Semaphore backends;
    private final GovernedSchema schema;
    private final Map<String, String> settings = new TreeMap<>();
    private final Set<String> statements = new HashSet<>();
    private volatile @Nullable BackendConnection backend;
    private @Nullable ShadowDatabase database;
    private boolean inTransaction;
    private Duration ownLimit = Duration.ZERO;
    private boolean settingsChanged;

    ShadowCatalogSession(
            ShadowDatabases databases,
            ShadowLimits limits,
            Semaphore backends,
            GovernedSchema schema,
            String person,
            String databaseName) {
        this.databases = databases;
        this.limits = limits;
        this.backends = backends;
        this.schema = schema;
        settings.put("weir.database", databaseName);
        settings.put("weir.user", person);
    }

    @Override
    public Outcome<Reply> exchange(byte[] messages) {
        FrontendBatch batch;
        try {
            batch = FrontendBatch.read(messages);
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            return Outcome.refused(Problem.of(ProblemCode.PROTOCOL_VIOLATION));
        }
        for (FrontendBatch.Step step : batch.steps()) {
            if (!step.sql().isEmpty() && !StatementGlance.of(step.sql()).isReader()) {
                return Outcome.refused(Problem.of(ProblemCode.UNSUPPORTED));
            }
        }
        boolean mayRepeat = backend != null && !holdsState();
        try {
            return attempt(batch);
        } catch (IOException e) {
            dropBackend();
            if (!mayRepeat || Thread.currentThread().isInterrupted()) {
                return gone(e);
            }
        }
        try {
            return attempt(batch);
        } catch (IOException e) {
            dropBackend();
            return gone(e);
        }
    }

    private static <T> Outcome<T> gone(IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return Outcome.refused(Problem.of(ProblemCode.CANCELLED));
        }
        LOG.warn("the shadow catalogue did not answer a session", LoggedFailure.of(cause));
        return Outcome.refused(Problem.of(ProblemCode.CATALOGUE_UNAVAILABLE));
    }

    private Outcome<Reply> attempt(FrontendBatch batch) throws IOException {
        BackendConnection connection = backend;
        if (connection == null) {
            if (!backends.tryAcquire()) {
                return Outcome.refused(Problem.of(ProblemCode.TOO_MANY_CONNECTIONS));
            }
            connection = open();
        }
        begin(connection);
        BackendConnection taken = connection;
        return taken.watchdog().orCancel(taken, statementLimit(), () -> relay(taken, batch.steps()));
    }

    private Duration statementLimit() {
        Duration installed = limits.statementLimit();
        return ownLimit.isZero() || ownLimit.compareTo(installed) > 0 ? installed : ownLimit;
    }

    private BackendConnection open() throws IOException {
        try {
            ShadowDatabase home = databases.of(schema);
            Map<String, String> startup = new TreeMap<>(settings);
            startup.putIfAbsent("search_path", home.searchPath());
            startup.put("default_transaction_read_only", "on");
            BackendConnection opened = databases.open(home, startup);
            database = home;
            backend = opened;
            settingsChanged = false;
            return opened;
        } finally {
            if (backend == null) {
                backends.release();
            }
        }
    }

    private void begin(BackendConnection connection) throws IOException {
        if (settingsChanged) {
            connection.run(
                    settings.entrySet().stream()
                            .map(setting -> configure(setting.getKey(), setting.getValue(), false))
                            .collect(Collectors.joining(", ", "SELECT ", "")),
                    limits.describeLimit());
            settingsChanged = false;
        }
        if (!inTransaction) {
            connection.run("BEGIN READ ONLY", limits.describeLimit());
            inTransaction = true;
        }
    }

    private Outcome<Reply> relay(BackendConnection connection, List<FrontendBatch.Step> steps) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        int next = 0;
        while (next < steps.size()) {
            int first = next;
            ByteArrayOutputStream slice = new ByteArrayOutputStream();
            do {
                slice.writeBytes(steps.get(next).bytes());
                next++;
            } while (next < steps.size() && slice.size() + steps.get(next).bytes().length <= SLICE);
            slice.writeBytes(new FrontendMessages().flush().toByteArray());
            connection.send(slice.toByteArray());
            for (FrontendBatch.Step step : steps.subList(first, next)) {
                boolean failed = answer(connection, step, reply);
                if (reply.size() > limits.answerBytes()) {
                    dropBackend();
                    return Outcome.refused(Problem.of(ProblemCode.RESULT_TOO_LARGE));
                }
                if (failed) {
                    connection.send(new FrontendMessages().sync());
                    connection.receiveUntilReady();
                    rollback(connection);
                    return Outcome.of(new Reply(reply.toByteArray(), true));
                }
            }
        }
        return Outcome.of(new Reply(reply.toByteArray(), false));
    }

    /** Passes on what belongs to one step; true when it failed. */
    private boolean answer(BackendConnection connection, FrontendBatch.Step step, ByteArrayOutputStream reply)
            throws IOException {
        while (reply.size() <= limits.answerBytes()) {
            BackendMessage message = connection.receive();
            switch (message.type()) {
                case BackendMessage.PARAMETER_STATUS, BackendMessage.NOTIFICATION -> {
                    // the session tells its own parameters; nobody notifies
                }
                case BackendMessage.ERROR_RESPONSE -> {
                    message.appendTo(reply);
                    return true;
                }
                case BackendMessage.PARSE_COMPLETE,
                        BackendMessage.BIND_COMPLETE,
                        BackendMessage.CLOSE_COMPLETE,
                        BackendMessage.ROW_DESCRIPTION,
                        BackendMessage.NO_DATA,
                        BackendMessage.COMMAND_COMPLETE,
                        BackendMessage.EMPTY_QUERY_RESPONSE,
                        BackendMessage.PORTAL_SUSPENDED -> {
                    if (!step.silent()) {
                        message.appendTo(reply);
                    }
                    if (!step.prepared().isEmpty()) {
                        statements.add(step.prepared());
                    }
                    if (!step.closed().isEmpty()) {
                        statements.remove(step.closed());
                    }
                    return false;
                }
                case 'G', 'H', 'W' -> throw new IOException("the shadow started a copy");
                default -> message.appendTo(reply);
            }
        }
        return false;
    }

    private void rollback(BackendConnection connection) throws IOException {
        connection.run("ROLLBACK", limits.describeLimit());
        inTransaction = false;
        // what was set inside the transaction went with it
        settingsChanged = true;
    }

    @Override
    public Outcome<String> set(String name, String value) {
        String key = name.toLowerCase(java.util.Locale.ROOT);
        if (!SETTINGS.contains(key) || value.indexOf('\0') >= 0) {
            return Outcome.refused(Problem.of(ProblemCode.UNSUPPORTED));
        }
        try {
            List<List<@Nullable String>> rows = databases
                    .of(schema)
                    .ask(connection -> connection.run("SELECT " + configure(key, value, true), limits.describeLimit()));
            String canonical = String.valueOf(rows.get(0).get(0));
            settings.put(key, value);
            settingsChanged = true;
            return Outcome.of(canonical);
        } catch (BackendError.BackendException e) {
            return Outcome.refused(ShadowProblems.of(e.error()));
        } catch (IOException e) {
            return gone(e);
        }
    }

    @Override
    public void tell(List<ShownSetting> shown, Duration limit) {
        ownLimit = limit;
        ArrayNode all = JSON.createArrayNode();
        for (ShownSetting setting : shown) {
            all.addArray()
                    .add(setting.name())
                    .add(setting.value())
                    .add(setting.reset())
                    .add(setting.initial());
        }
        String told = all.toString();
        if (!told.equals(settings.put(TOLD, told))) {
            settingsChanged = true;
        }
    }

    private static String configure(String name, String value, boolean local) {
        return "pg_catalog.weir_tell(" + Sql.literal(name) + ", " + Sql.literal(value) + ", " + local + ")";
    }

    @Override
    public void endTransaction() {
        BackendConnection connection = backend;
        if (connection == null || !inTransaction) {
            return;
        }
        try {
            // everything was read only: there is nothing to keep but settings, which are ours anyway
            connection.run("COMMIT", limits.describeLimit());
            inTransaction = false;
        } catch (IOException e) {
            dropBackend();
        }
    }

    @Override
    public boolean holdsState() {
        return backend != null && (inTransaction || !statements.isEmpty());
    }

    @Override
    public void release() {
        if (!holdsState()) {
            dropBackend();
        }
    }

    @Override
    public void cancel() {
        BackendConnection connection = backend;
        if (connection != null) {
            connection.cancel();
        }
    }

    private void dropBackend() {
        BackendConnection connection = backend;
        ShadowDatabase home = database;
        backend = null;
        database = null;
        statements.clear();
        inTransaction = false;
        if (connection != null) {
            connection.close();
            backends.release();
        }
        if (home != null) {
            databases.giveBack(home);
        }
    }

    @Override
    public void close() {
        dropBackend();
    }
}
