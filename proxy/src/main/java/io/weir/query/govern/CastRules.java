package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;

/** Casts of values about people. Refuses those that cut digits, and those that could fail for one row. */
final class CastRules {
    private final Scope scope;

    CastRules(Scope scope) {
        this.scope = scope;
    }

    void check(Expr.Cast cast) {
        SqlType to = cast.type();
        if (cast.cuts() && !scope.isReference(cast) && !cast.isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "a cast to %s with fewer digits makes ranges that are not on the column's grid"
                            .formatted(to.sqlName()),
                    "Write the bands with CASE WHEN column < bound, with bounds on the grid, or cast the aggregate.");
        }
        if (!cast.isTotal()
                && !scope.isReference(cast.argument())
                && !cast.argument().isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "the cast from %s to %s could fail for a row"
                            .formatted(cast.argument().type().sqlName(), to.sqlName()),
                    "Cast the aggregate instead of the value.");
        }
    }
}
