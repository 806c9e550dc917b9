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
        SqlType from = cast.argument().type();
        SqlType to = cast.type();
        if (cast.cuts() && !scope.isReference(cast) && !cast.isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "a cast to %s with fewer digits makes ranges that are not on the column's grid"
                            .formatted(to.sqlName()),
                    "Write the bands with CASE WHEN column < bound, with bounds on the grid, or cast the aggregate.");
        }
        boolean total = from == SqlType.BOOL && to.isInteger()
                || from.isNumber() && (to == SqlType.NUMERIC || widens(from, to))
                || from == SqlType.DATE && to == SqlType.TIMESTAMP
                || from == SqlType.TIMESTAMP && to == SqlType.DATE
                || from.isInteger() && to.isText()
                || from.isText() && to.isText();
        if (!total && !scope.isReference(cast.argument()) && !cast.argument().isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "the cast from %s to %s could fail for a row".formatted(from.sqlName(), to.sqlName()),
                    "Cast the aggregate instead of the value.");
        }
    }

    private static boolean widens(SqlType from, SqlType to) {
        return from == SqlType.INT2 && to.isInteger()
                || from == SqlType.INT4 && (to == SqlType.INT4 || to == SqlType.INT8)
                || from == SqlType.INT8 && to == SqlType.INT8
                || from.isInteger() && to == SqlType.FLOAT8
                || from == SqlType.FLOAT4 && to == SqlType.FLOAT8;
    }
}
