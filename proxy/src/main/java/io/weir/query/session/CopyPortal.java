package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.respond.CopyEncoder;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.copy.CopyOptions;
import java.time.Duration;

/** {@code COPY … TO STDOUT} of a data statement: the same answer by the same road, in other messages. Runs once, to its end. */
final class CopyPortal implements RowlessPortal {
    static final Problem RUN_ALREADY = Problem.of(
            ProblemCode.WRONG_STATE, "the portal was executed and cannot be run again", "Bind the statement anew.");

    private final OpenSession session;
    private final DataPortal source;
    private final CopyOptions options;
    private boolean run;

    CopyPortal(OpenSession session, DataPortal source, CopyOptions options) {
        this.session = session;
        this.source = source;
        this.options = options;
    }

    @Override
    public OpenSession session() {
        return session;
    }

    /** @param maxRows has no meaning for COPY, as in PostgreSQL */
    @Override
    public void execute(int maxRows) {
        if (run) {
            throw RUN_ALREADY.asException();
        }
        run = true;
        CopyEncoder encoder =
                new CopyEncoder(source.columns(), options, session.settings().style());
        source.start();
        MessageOutput out = session.stream().output();
        session.stream().send(encoder.response());
        encoder.start(out);
        long rows = source.send(0, encoder::row);
        encoder.finish(out);
        source.tellNotices();
        session.stream().send(new BackendMessage.CopyDone());
        session.complete("COPY " + rows);
    }

    @Override
    public boolean restsFrom(Duration idle) {
        return source.restsFrom(idle);
    }

    @Override
    public void close() {
        source.close();
    }
}
