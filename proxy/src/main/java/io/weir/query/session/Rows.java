package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import java.time.Duration;
import java.util.List;

/** What a client reads by and by. One thread: the session's. */
interface Rows extends AutoCloseable {
    /** Its columns; empty when it returns no rows. */
    List<AnswerColumn> columns();

    /** Sends RowDescription or NoData. */
    void describe();

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
