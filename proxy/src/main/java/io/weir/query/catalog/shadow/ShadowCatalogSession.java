package io.weir.query.catalog.shadow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.AnswerMemory;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.GovernedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One analyst's backend, taken when needed. See {@link CatalogSession} for the contract. */
final class ShadowCatalogSession implements CatalogSession {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowCatalogSession.class);

    /** Less than a socket's buffers hold, so that we never write while the server waits for us to read. */
    private static final int SLICE = 8 << 10;

    /** When less than one in so many backends is free, named statements hold none: they are prepared again where they are needed. */
    private static final int SPARE = 4;

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
    private final SharedPermits backends;
    private final AnswerMemory answers;
    private final GovernedSchema schema;
    private final PersonId person;
    private final Map<String, String> settings = new TreeMap<>();
    private final KeptStatements statements = new KeptStatements();
    private AnswerMemory.@Nullable Room lastAnswer;
    private volatile @Nullable BackendConnection backend;
    private @Nullable ShadowDatabase database;
    private boolean inTransaction;
    private Duration ownLimit = Duration.ZERO;
    private boolean settingsChanged;

    ShadowCatalogSession(
            ShadowDatabases databases,
            ShadowLimits limits,
            SharedPermits backends,
            AnswerMemory answers,
            GovernedSchema schema,
            PersonId person,
            ProjectId project) {
        this.databases = databases;
        this.limits = limits;
        this.backends = backends;
        this.answers = answers;
        this.schema = schema;
        this.person = person;
        settings.put("weir.database", project.value());
        settings.put("weir.user", person.value());
    }

    @Override
    public Outcome<Reply> exchange(byte[] messages, int offset) {
        closeLastAnswer();
        FrontendBatch batch;
        try {
            batch = FrontendBatch.read(messages);
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            return Outcome.refused(Problem.of(ProblemCode.PROTOCOL_VIOLATION));
        }
        for (FrontendBatch.Step step : batch.steps()) {
            FrontendBatch.Parse parse = step.parse();
            if (parse != null
                    && !parse.names().original().isEmpty()
                    && !StatementGlance.of(parse.names().original()).isReader()) {
                return Outcome.refused(Problem.of(ProblemCode.UNSUPPORTED));
            }
        }
        if (backend == null && batch.closesStatements()) {
            return forgotten(batch.steps());
        }
        boolean mayRepeat = backend != null && !inTransaction;
        try {
            return attempt(batch, offset);
        } catch (IOException e) {
            if (!mayRepeat || isTimedOut() || Thread.currentThread().isInterrupted()) {
                return lost(e);
            }
            abandonBackend();
        }
        try {
            return attempt(batch, offset);
        } catch (IOException e) {
            return lost(e);
        }
    }

    @Override
    public void forget(String statement) {
        if (statements.close(statement) && backend != null) {
            // a backend that does not close it is lost, and the statement with it
            exchange(new FrontendMessages().closeStatement(statement).toByteArray());
        }
    }

    /** Without a backend there is nothing to close in it. */
    private Outcome<Reply> forgotten(List<FrontendBatch.Step> steps) {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        for (FrontendBatch.Step step : steps) {
            statements.succeeded(step);
            new BackendMessage(BackendMessage.CLOSE_COMPLETE, new byte[0]).appendTo(reply);
        }
        return Outcome.of(new Reply(reply.toByteArray(), false, null));
    }

    private boolean isTimedOut() {
        BackendConnection connection = backend;
        return connection != null && connection.isTimedOut();
    }

    private <T> Outcome<T> lost(IOException cause) {
        boolean timedOut = isTimedOut();
        // What was gathered of an answer is for nobody.
        closeLastAnswer();
        abandonBackend();
        return timedOut && !Thread.currentThread().isInterrupted()
                ? Outcome.refused(Problem.of(ProblemCode.TIME_OUT))
                : gone(cause);
    }

    private static <T> Outcome<T> gone(IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return Outcome.refused(Problem.of(ProblemCode.CANCELLED));
        }
        LOG.warn("the shadow catalogue did not answer a session", LoggedFailure.of(cause));
        return Outcome.refused(Problem.of(ProblemCode.CATALOGUE_UNAVAILABLE));
    }

    private Outcome<Reply> attempt(FrontendBatch batch, int offset) throws IOException {
        BackendConnection connection = backend;
        if (connection == null) {
            if (!mayTakeBackend()) {
                return Outcome.refused(tooMany());
            }
            connection = open();
        }
        begin(connection);
        BackendConnection taken = connection;
        List<FrontendBatch.Step> plan = statements.plan(batch.steps());
        return taken.watchdog().orCancel(taken, statementLimit(), () -> relay(taken, plan, offset));
    }

    private boolean mayTakeBackend() throws IOException {
        try {
            return backends.tryAcquire(person, limits.waitLimit());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a backend", e);
        }
    }

    private Problem tooMany() {
        int own = backends.heldBy(person);
        return own >= limits.backendsPerPerson()
                ? Problem.of(
                        ProblemCode.TOO_MANY_CONNECTIONS,
                        "You read the catalogue in " + own + " sessions at the same moment.",
                        "End a transaction in one of the others, or close it.")
                : Problem.of(
                        ProblemCode.TOO_MANY_CONNECTIONS,
                        limits.backends() + " sessions read the catalogue at the same moment.",
                        "Try again.");
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
                backends.release(person);
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

    private Outcome<Reply> relay(BackendConnection connection, List<FrontendBatch.Step> steps, int offset)
            throws IOException {
        closeLastAnswer();
        AnswerMemory.Room room = answers.room(person);
        lastAnswer = room;
        AnswerBuffer reply = new AnswerBuffer(limits.answerBytes(), room);
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
                switch (answer(connection, step, offset, reply)) {
                    case DONE -> statements.succeeded(step);
                    case FAILED -> {
                        statements.failed(step);
                        connection.send(new FrontendMessages().sync());
                        connection.receiveUntilReady();
                        rollback(connection);
                        return Outcome.of(new Reply(reply.toByteArray(), true, room));
                    }
                    case TOO_LARGE -> {
                        closeLastAnswer();
                        abandonBackend();
                        return Outcome.refused(reply.refusal());
                    }
                }
            }
        }
        return Outcome.of(new Reply(reply.toByteArray(), false, room));
    }

    private enum Answered {
        DONE,
        FAILED,
        TOO_LARGE
    }

    /** Passes on what belongs to one step. */
    private Answered answer(BackendConnection connection, FrontendBatch.Step step, int offset, AnswerBuffer reply)
            throws IOException {
        while (true) {
            BackendMessage message = connection.receive(reply::hasRoomFor);
            if (message == null) {
                return Answered.TOO_LARGE;
            }
            switch (message.type()) {
                case BackendMessage.PARAMETER_STATUS, BackendMessage.NOTIFICATION -> {
                    // the session tells its own parameters; nobody notifies
                }
                case BackendMessage.ERROR_RESPONSE -> {
                    reply.append(error(connection, step, offset, message));
                    return Answered.FAILED;
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
                        reply.append(message);
                    }
                    return Answered.DONE;
                }
                case 'G', 'H', 'W' -> throw new IOException("the shadow started a copy");
                default -> reply.append(message);
            }
        }
    }

    /** The error as one of what the client sent, and as what ended the statement. */
    private BackendMessage error(
            BackendConnection connection, FrontendBatch.Step step, int offset, BackendMessage message) {
        if (connection.isTimedOut() && BackendError.read(message).sqlState().equals("57014")) {
            return BackendError.reworded(
                    message, (field, words) -> field == 'M' ? ProblemCode.TIME_OUT.sentence() : words);
        }
        OwnNames names = statements.names(step);
        return names == null ? message : names.inOriginal(message, offset);
    }

    private void rollback(BackendConnection connection) throws IOException {
        connection.run("ROLLBACK", limits.describeLimit());
        inTransaction = false;
        // what was set inside the transaction went with it
        settingsChanged = true;
    }

    @Override
    public Outcome<String> set(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (!SETTINGS.contains(key) || value.indexOf('\0') >= 0) {
            return Outcome.refused(Problem.of(ProblemCode.UNSUPPORTED));
        }
        try {
            List<List<@Nullable String>> rows = databases
                    .of(schema)
                    .ask(
                            person,
                            connection ->
                                    connection.run("SELECT " + configure(key, value, true), limits.describeLimit()));
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
            abandonBackend();
        }
    }

    @Override
    public boolean holdsState() {
        return backend != null
                && (inTransaction || (statements.areThere() && backends.free() > limits.backends() / SPARE));
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
        if (connection != null) {
            connection.close();
        }
        backendGone();
    }

    /** In the midst of work. */
    private void abandonBackend() {
        BackendConnection connection = backend;
        if (connection != null) {
            connection.abandon();
        }
        backendGone();
    }

    private void backendGone() {
        boolean had = backend != null;
        ShadowDatabase home = database;
        backend = null;
        database = null;
        inTransaction = false;
        statements.lost();
        if (had) {
            backends.release(person);
        }
        if (home != null) {
            databases.giveBack(home);
        }
    }

    private void closeLastAnswer() {
        AnswerMemory.Room room = lastAnswer;
        lastAnswer = null;
        if (room != null) {
            room.close();
        }
    }

    @Override
    public void close() {
        closeLastAnswer();
        dropBackend();
    }
}
