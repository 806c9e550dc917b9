package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;

/** How a dialect refuses what it cannot say with the meaning that PostgreSQL gives it: never a near miss. */
final class Untranslatable {
    private Untranslatable() {}

    /**
     * @param fragment what cannot be said
     * @param hint how to ask otherwise
     */
    static RuntimeException refuse(String fragment, String hint) {
        return Problem.of(ProblemCode.FUNCTION_USE, fragment + " cannot be asked of a SQL Server source", hint)
                .asException();
    }
}
