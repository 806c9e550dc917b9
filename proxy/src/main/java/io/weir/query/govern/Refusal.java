package io.weir.query.govern;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;

/** How this stage refuses a statement: an exception that is caught at the stage's door. */
final class Refusal {
    private Refusal() {}

    static RuntimeException refuse(ProblemCode code, String detail) {
        return Problem.of(code, detail).asException();
    }

    static RuntimeException refuse(ProblemCode code, String detail, String hint) {
        return Problem.of(code, detail, hint).asException();
    }
}
