package io.weir.query;

import io.weir.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is told when reading a statement failed in a way that nobody foresaw. Nothing is learned from it; but to a test that only asks whether two worlds look alike it
 * looks like protection, and what was meant to be tried was not.
 */
public final class FrontEndCrash {
    /** As a client reads it. */
    public static final String TOLD = "this combination of clauses is not supported";

    private FrontEndCrash() {}

    public static boolean is(@Nullable Problem problem) {
        return problem != null && TOLD.equals(problem.detail());
    }
}
