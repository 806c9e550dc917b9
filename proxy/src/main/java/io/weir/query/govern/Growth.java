package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;

/** Forms that are written out repeat what they are about, and forms within forms multiply. Refuses those that become too large. Pure. */
final class Growth {
    private static final int MOST_NODES = 20_000;

    private Growth() {}

    /** @param copies how often the expression is repeated */
    static void check(Expr repeated, int copies) {
        int[] nodes = {0};
        repeated.walk(e -> nodes[0]++);
        if ((long) nodes[0] * copies > MOST_NODES) {
            throw refuse(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "a form stands within another of its kind too often",
                    "Calculate the inner value in a sub-query, or take fewer bands and alternatives.");
        }
    }
}
