package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import java.time.Duration;
import java.util.List;

/** Something that can be executed, in one go or by and by. One thread: the session's. */
interface Portal extends AutoCloseable {
    /** Columns of its rows; empty when it returns none. */
    List<AnswerColumn> columns();

    /** Sends RowDescription or NoData. */
    void describe();

    /**
     * Sends rows and, at the end, CommandComplete; PortalSuspended when {@code maxRows} came first.
     *
     * @param maxRows 0 for all
     */
    void execute(int maxRows);

    /** Whether it may be executed in a failed transaction: what ends it, and nothing. */
    default boolean endsFailure() {
        return false;
    }

    /** Whether it outlives the transaction (WITH HOLD). */
    default boolean isHeld() {
        return false;
    }

    /** Between messages: gives a source's connection back when nothing was read for so long. Returns whether one is kept still. */
    default boolean restsFrom(Duration idle) {
        return false;
    }

    /** Never throws. */
    @Override
    void close();
}
