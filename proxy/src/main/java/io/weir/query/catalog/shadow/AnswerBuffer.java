package io.weir.query.catalog.shadow;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.AnswerMemory;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one answer within its own limit and the memory of all answers. Little answers need none of that memory: who fills it must not
 * close the catalogue to everybody else. One thread.
 */
final class AnswerBuffer {
    /** That much is free: it is bounded by the number of sessions. */
    static final int FREE = 64 << 10;

    private static final int HEADER = 5;

    private final int limit;
    private final AnswerMemory.Room room;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private long taken;
    private @Nullable Problem refusal;

    AnswerBuffer(int limit, AnswerMemory.Room room) {
        this.limit = limit;
        this.room = room;
    }

    /** Whether a message with a body of this length may be read; if not, {@link #refusal} says why. */
    boolean hasRoomFor(int length) {
        long size = (long) gathered.size() + HEADER + length;
        if (size > limit) {
            refusal = Problem.of(ProblemCode.RESULT_TOO_LARGE);
            return false;
        }
        long more = size - FREE - taken;
        if (more > 0) {
            if (!room.take(more)) {
                refusal = Problem.of(
                        ProblemCode.CATALOGUE_FULL,
                        "It has more than " + FREE + " bytes.",
                        "Try again. Read cursors over the catalogue to their end, close them, or ask for less.");
                return false;
            }
            taken += more;
        }
        return true;
    }

    Problem refusal() {
        return refusal == null ? Problem.of(ProblemCode.RESULT_TOO_LARGE) : refusal;
    }

    void append(BackendMessage message) {
        message.appendTo(gathered);
    }

    byte[] toByteArray() {
        return gathered.toByteArray();
    }
}
