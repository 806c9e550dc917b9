package io.weir.query;

import io.weir.problem.ProblemException;
import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.disclose.ProtectedRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row_level answer, streamed. The outcome is recorded once: when the rows end, fail or are abandoned. A row more than the limit is a
 * failure: the client has the rows so far and an error, never the end of a whole answer. One thread.
 */
final class StreamedAnswer implements Answer {
    private static final List<Boolean> NOTHING_ROUNDED = java.util.Collections.nCopies(2_000, false);

    private final List<AnswerColumn> columns;
    private final ProtectedRows rows;
    private final QueryAudit.Decision decision;
    private final boolean flags;
    private final long maximumRows;
    private long count;
    private boolean recorded;
    private boolean exhausted;

    StreamedAnswer(
            List<AnswerColumn> columns,
            ProtectedRows rows,
            QueryAudit.Decision decision,
            boolean flags,
            long maximumRows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.decision = decision;
        this.flags = flags;
        this.maximumRows = maximumRows;
    }

    @Override
    public List<AnswerColumn> columns() {
        return columns;
    }

    @Override
    public String verb() {
        return "SELECT";
    }

    @Override
    public Fetch fetch(int maxRows, RowSink sink) {
        if (exhausted) {
            return new Fetch(0, true);
        }
        long handed = 0;
        try {
            while (maxRows <= 0 || handed < maxRows) {
                @Nullable Object[] row = rows.next();
                if (row == null) {
                    exhausted = true;
                    rows.close();
                    record(() -> decision.executed(count, 0, true));
                    return new Fetch(handed, true);
                }
                if (count == maximumRows) {
                    throw Answering.tooManyRows(maximumRows).asException();
                }
                sink.row(flags ? Flags.row(row, NOTHING_ROUNDED, true) : row);
                handed++;
                count++;
            }
        } catch (ProblemException failed) {
            rows.close();
            record(() -> decision.failed(failed.problem().code()));
            throw failed;
        }
        return new Fetch(handed, false);
    }

    @Override
    public boolean holdsSource() {
        return !recorded;
    }

    private void record(Runnable outcome) {
        if (!recorded) {
            recorded = true;
            outcome.run();
        }
    }

    @Override
    public List<String> notices() {
        return List.of();
    }

    @Override
    public void close() {
        rows.close();
        try {
            record(() -> decision.executed(count, 0, false));
        } catch (ProblemException auditDown) {
            // Nobody is left to tell; the log's death already refuses everything else.
            exhausted = true;
        }
    }
}
