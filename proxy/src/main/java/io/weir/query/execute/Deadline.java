package io.weir.query.execute;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.time.Duration;

/** Until when a statement may take, whatever number of texts it sends to whatever number of sources. Immutable. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline after(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** What is left, at least a millisecond. Throws {@code TIME_OUT} when nothing is. */
    Duration left() {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw Problem.of(ProblemCode.TIME_OUT).asException();
        }
        return Duration.ofNanos(Math.max(nanos, 1_000_000));
    }
}
