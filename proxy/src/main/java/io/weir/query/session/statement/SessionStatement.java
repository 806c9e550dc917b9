package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.query.wire.copy.CopyOptions;
import org.jspecify.annotations.Nullable;

/** What kind of statement it is, and who answers it. */
public sealed interface SessionStatement {
    /** SELECT, WITH, VALUES, TABLE or CALL: for the catalogue or the query road. */
    record Data(String sql, int offset) implements SessionStatement {}

    /**
     * {@code COPY … TO STDOUT}.
     *
     * @param sql what is copied: the query, or a SELECT over the table
     * @param shift where the query starts within the statement; −1 when its text is ours
     */
    record Copy(String sql, int shift, CopyOptions options) implements SessionStatement {
        /** The same, counted from so many characters before. */
        public Copy movedBy(int characters) {
            return new Copy(sql, shift < 0 ? shift : shift + characters, options);
        }
    }

    // ---- transactions

    /** {@code BEGIN} or {@code START TRANSACTION}. */
    record Begin(String tag) implements SessionStatement {}

    /** {@code COMMIT} or {@code END}. */
    record Commit(boolean chain) implements SessionStatement {}

    /** {@code ROLLBACK} or {@code ABORT}. */
    record Rollback(boolean chain) implements SessionStatement {}

    record Savepoint(String name) implements SessionStatement {}

    record Release(String name) implements SessionStatement {}

    record RollbackTo(String name) implements SessionStatement {}

    // ---- settings

    /** @param value null for DEFAULT */
    record Set(String name, @Nullable String value, boolean local) implements SessionStatement {}

    /** {@code SET TRANSACTION …}, {@code SET SESSION CHARACTERISTICS …}, {@code SET CONSTRAINTS …}: checked by the reader, no effect. */
    record SetTransaction(String tag) implements SessionStatement {}

    record Show(String name) implements SessionStatement {}

    /** {@code SHOW ALL}. */
    record ShowAll() implements SessionStatement {}

    /**
     * {@code SELECT set_config(…)} with literals and nothing else.
     *
     * @param label of its one column
     */
    record SetConfig(String name, String value, boolean local, String label) implements SessionStatement {}

    record Reset(String name) implements SessionStatement {}

    record ResetAll() implements SessionStatement {}

    /** @param what ALL, PLANS, SEQUENCES or TEMP */
    record Discard(String what) implements SessionStatement {}

    /** @param name null for ALL */
    record Deallocate(@Nullable String name) implements SessionStatement {}

    // ---- cursors

    /**
     * @param scroll whether it may go back; without SCROLL it may not
     * @param binary whether FETCH of the simple protocol sends it in binary
     */
    record Declare(String name, boolean scroll, boolean binary, boolean hold, Data query) implements SessionStatement {}

    /**
     * FETCH or MOVE.
     *
     * @param count how many rows; of ABSOLUTE and RELATIVE which. Negative ones are the other way, or from the end
     */
    record Fetch(String name, Direction direction, long count, boolean move) implements SessionStatement {
        /** As many as there are. */
        public static final long ALL = Long.MAX_VALUE;

        /** Which way: NEXT is FORWARD 1, PRIOR BACKWARD 1, FIRST ABSOLUTE 1 and LAST ABSOLUTE −1. */
        public enum Direction {
            FORWARD,
            BACKWARD,
            ABSOLUTE,
            RELATIVE
        }
    }

    /** @param name null for ALL */
    record CloseCursor(@Nullable String name) implements SessionStatement {}

    // ---- nothing to do

    /** Known, harmless and without effect here; {@code tag} completes it. */
    record NoEffect(String tag) implements SessionStatement {}

    /** Never served. The position, if any, counts from the start of this statement. */
    record Refused(Problem problem) implements SessionStatement {}

    /** Whether a failed transaction still hears it. */
    default boolean endsFailure() {
        return this instanceof Commit || this instanceof Rollback || this instanceof RollbackTo;
    }
}
