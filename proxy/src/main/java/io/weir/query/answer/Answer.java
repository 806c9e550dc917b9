package io.weir.query.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A protected answer, pulled by the session. One thread at a time.
 *
 * <p>Rows are arrays of the Java classes of {@link io.weir.query.type.SqlType}, or {@code byte[]} where the receiver asked for another
 * {@link io.weir.query.type.ValueForm}; hidden values are already null.
 */
public interface Answer extends AutoCloseable {
    List<AnswerColumn> columns();

    /** The command tag's verb: {@code SELECT} for data, {@code CALL} for procedures. */
    String verb();

    /**
     * Hands over up to {@code maxRows} rows (0 = all that remain). Blocks. When it returns {@code exhausted}, the outcome is already durable
     * in the audit log, so the session may send CommandComplete.
     */
    Fetch fetch(int maxRows, RowSink sink);

    /** Notices to send before the command completes; data-independent but for "some values are hidden". */
    List<String> notices();

    /** Whether a connection to a source is kept until the rows end or {@link #close} is called. */
    default boolean holdsSource() {
        return false;
    }

    /** Frees source resources; also records the outcome when the answer was abandoned half-way. Never throws. */
    @Override
    void close();

    /** Receives one row. The array belongs to the receiver. May block: that is the back-pressure. */
    interface RowSink {
        void row(@Nullable Object[] values);
    }

    /**
     * @param rows rows handed over in this call
     * @param exhausted whether no row is left
     */
    record Fetch(long rows, boolean exhausted) {}
}
