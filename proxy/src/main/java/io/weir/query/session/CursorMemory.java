package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.AnswerMemory;

/**
 * What the cursors of one session keep of their rows, over data and over the catalogue: so much for a session, and a part of what all answers
 * in memory may have together. Session's thread.
 */
final class CursorMemory implements AutoCloseable {
    private static final long SESSION_BYTES = 16 << 20;

    private final AnswerMemory.Room room;

    CursorMemory(AnswerMemory.Room room) {
        this.room = room;
    }

    /** Counts a row that is kept; one that there is no room for is a problem exception. */
    void keep(long bytes) {
        if (room.held() + bytes > SESSION_BYTES) {
            throw Problem.of(
                            ProblemCode.RESULT_TOO_LARGE,
                            "The session's cursors keep more than " + SESSION_BYTES + " bytes.",
                            "Read or close some, or ask without a cursor.")
                    .asException();
        }
        if (!room.take(bytes)) {
            throw Problem.of(
                            ProblemCode.CURSORS_FULL,
                            "The session's cursors keep " + room.held() + " bytes.",
                            "Try again. Close cursors, read those over the catalogue to their end, or ask without one.")
                    .asException();
        }
    }

    /** Counts rows that are not kept any longer. */
    void drop(long bytes) {
        room.giveBack(bytes);
    }

    /** The client is gone. */
    @Override
    public void close() {
        room.close();
    }
}
