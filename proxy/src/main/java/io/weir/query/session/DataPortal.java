package io.weir.query.session;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.QueryDesk;
import io.weir.query.respond.RowEncoder;
import io.weir.query.type.ValueForm;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.Format;
import io.weir.query.wire.MessageOutput;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bound data statement. The query road is asked at the first Execute; its answer is then pulled. */
final class DataPortal implements Portal, Cursor {
    static final Problem CALL_IN_TRANSACTION = Problem.of(
            ProblemCode.IN_TRANSACTION,
            "CALL cannot run inside a transaction block",
            "Commit or roll back first, and send CALL as the only statement of its message.");

    private static final Problem FAILED = Problem.of(
            ProblemCode.WRONG_STATE, "An error ended this answer half-way.", "Close the cursor and ask again.");

    private static final Problem OTHER_FORMATS = Problem.of(
            ProblemCode.UNSUPPORTED,
            "A portal that Bind made gives its rows in the formats of its Bind.",
            "Use Execute, or DECLARE a cursor.");

    /** Appends the message of one row. */
    @FunctionalInterface
    interface RowForm {
        void row(@Nullable Object[] values, MessageOutput out);
    }

    private final OpenSession session;
    private final QueryDesk.Prepared prepared;
    private final List<@Nullable Object> parameters;
    private final RowEncoder encoder;
    private final boolean held;
    /** What the one way takes in which this answer is read; of a cursor each FETCH says its own. */
    private final List<ValueForm> forms;

    private @Nullable Answer answer;
    private boolean exhausted;
    private boolean expired;
    private boolean failed;
    /** Whether the answer was opened by the message under way: then the road has just asked who may. */
    private boolean fresh;

    private long lastUse;

    private DataPortal(
            OpenSession session,
            QueryDesk.Prepared prepared,
            List<@Nullable Object> parameters,
            List<Format> formats,
            boolean executed,
            boolean held) {
        this.session = session;
        this.prepared = prepared;
        this.parameters = parameters;
        this.encoder =
                new RowEncoder(columnsOf(prepared), formats, session.settings().style());
        this.forms = executed ? encoder.forms() : List.of();
        this.held = held;
    }

    /** A portal of a Bind, or of a simple query: its rows come in the formats that were asked for then. */
    static DataPortal executed(
            OpenSession session, QueryDesk.Prepared prepared, List<@Nullable Object> parameters, List<Format> formats) {
        return new DataPortal(session, prepared, parameters, formats, true, false);
    }

    /** A cursor or the source of a copy, read with {@link #fetch} or {@link #send}. */
    static DataPortal fetched(
            OpenSession session, QueryDesk.Prepared prepared, List<@Nullable Object> parameters, boolean held) {
        return new DataPortal(session, prepared, parameters, List.of(), false, held);
    }

    /** Asks the query road now, so that a refusal comes before any description. */
    void start() {
        Answer opened = answer();
        assert opened.columns().size() == columns().size() : "Describe and answer differ";
        fresh = false;
    }

    @Override
    public List<AnswerColumn> columns() {
        return columnsOf(prepared);
    }

    @Override
    public void describe() {
        session.stream().send(columns().isEmpty() ? new BackendMessage.NoData() : encoder.description());
    }

    @Override
    public void describe(List<Format> formats) {
        checkFormats(formats);
        session.stream()
                .send(new RowEncoder(columns(), formats, session.settings().style()).description());
    }

    @Override
    public void execute(int maxRows) {
        Answer source = answer();
        long rows = send(maxRows, encoder::row);
        if (exhausted) {
            tellNotices();
            session.complete(source.verb().equals("SELECT") ? "SELECT " + rows : source.verb());
        } else {
            session.stream().send(new BackendMessage.PortalSuspended());
        }
    }

    @Override
    public long fetch(int maxRows, List<Format> formats) {
        if (forms.isEmpty()) {
            return send(
                    maxRows,
                    new RowEncoder(columns(), formats, session.settings().style())::row);
        }
        checkFormats(formats);
        return send(maxRows, encoder::row);
    }

    /** The rows of a portal that Bind made were asked for in the formats and under the settings of its Bind. */
    private void checkFormats(List<Format> formats) {
        if (!forms.isEmpty() && !encoder.writes(formats)) {
            throw OTHER_FORMATS.asException();
        }
    }

    void tellNotices() {
        answer().notices().forEach(session.problems()::notice);
    }

    /** Sends up to {@code maxRows} rows, 0 for all, in another form. Returns how many. */
    long send(int maxRows, RowForm form) {
        Answer source = answer();
        if (exhausted) {
            return 0;
        }
        if (!fresh) {
            session.checkAdmission();
        }
        fresh = false;
        MessageOutput out = session.stream().output();
        return read(source, maxRows, values -> {
            if (session.running().isCancelled()) {
                throw Problem.of(ProblemCode.CANCELLED).asException();
            }
            form.row(values, out);
            session.stream().spill();
        });
    }

    @Override
    public long skip(int maxRows) {
        Answer source = answer();
        return exhausted ? 0 : read(source, maxRows, values -> {});
    }

    /** Somebody reads what was kept of it: it does not rest. After a failure nothing is given of it, as the log has it. */
    void touch() {
        if (failed) {
            throw FAILED.asException();
        }
        lastUse = System.nanoTime();
    }

    /**
     * An answer that is not at its end records how it ends. After a failure on the way no row of it is given any more: some may be lost between the
     * source and the client, and the log has its end.
     */
    private long read(Answer source, int maxRows, Answer.RowSink sink) {
        boolean open = source.holdsSource();
        boolean whole = false;
        try {
            Answer.Fetch fetch = source.fetch(maxRows, sink);
            whole = true;
            lastUse = System.nanoTime();
            exhausted = fetch.exhausted();
            return fetch.rows();
        } catch (ProblemException problem) {
            if (open) {
                session.refusals().recordedElsewhere();
            }
            throw problem;
        } finally {
            if (!whole) {
                failed = true;
                source.close();
            }
        }
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    @Override
    public void close() {
        Answer opened = answer;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public boolean restsFrom(Duration idle) {
        Answer opened = answer;
        if (opened == null || exhausted || expired || !opened.holdsSource()) {
            return false;
        }
        if (System.nanoTime() - lastUse < idle.toNanos()) {
            return true;
        }
        expired = true;
        opened.close();
        return false;
    }

    private Answer answer() {
        if (failed) {
            throw FAILED.asException();
        }
        if (expired) {
            throw new Problem(
                            ProblemCode.CURSOR_UNKNOWN,
                            "It was closed because nothing was read for too long.",
                            "Read on sooner, or ask again.",
                            0)
                    .asException();
        }
        Answer opened = answer;
        if (opened == null) {
            Outcome<Answer> outcome = prepared.isCall() ? call() : prepared.execute(parameters, forms);
            opened = isRecorded(outcome) ? session.refusals().ruled(outcome) : outcome.orThrow();
            answer = opened;
            fresh = true;
            lastUse = System.nanoTime();
        }
        return opened;
    }

    /** The release road records what it refuses, but not that its store does not answer or that a cancel came first. */
    private boolean isRecorded(Outcome<Answer> outcome) {
        return !(prepared.isCall()
                && outcome instanceof Outcome.Refused<Answer>(Problem problem)
                && (problem.code() == ProblemCode.STORE_UNAVAILABLE || problem.code() == ProblemCode.CANCELLED));
    }

    /** A call is not undone by a rollback, and what it did is told also when a cancel came meanwhile. */
    private Outcome<Answer> call() {
        if (session.transaction().isOpen()) {
            throw CALL_IN_TRANSACTION.asException();
        }
        Outcome<Answer> outcome = prepared.execute(parameters);
        boolean known = outcome instanceof Outcome.Refused<Answer>(Problem problem)
                && problem.code() != ProblemCode.STORE_UNAVAILABLE;
        if (!known) {
            session.running().passed();
        }
        return outcome;
    }

    private static List<AnswerColumn> columnsOf(QueryDesk.Prepared prepared) {
        return prepared.description().columns();
    }
}
