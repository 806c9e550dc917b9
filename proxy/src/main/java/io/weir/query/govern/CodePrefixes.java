package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.List;

/** Prefixes of hierarchical codes. Refuses LIKE and cuts of text on anything else, and prefixes that are shorter than declared. */
final class CodePrefixes {
    private final Scope scope;
    private final ColumnUse columns;
    private final ValueGrids grids;

    CodePrefixes(Scope scope, ColumnUse columns, ValueGrids grids) {
        this.scope = scope;
        this.columns = columns;
        this.grids = grids;
    }

    void like(List<Expr> a) {
        Expr own = grids.strip(a.get(0));
        if (own.isCallerValue()) {
            return;
        }
        // ILIKE: what the lower-case letters begin with, the letters begin with.
        if (own instanceof Expr.Call(Op op, List<Expr> cased, SqlType t) && (op == Op.LOWER || op == Op.UPPER)) {
            own = grids.strip(cased.getFirst());
        }
        if (!(own instanceof Expr.Column c)) {
            throw refuse(ProblemCode.COMPARISON, "LIKE on an expression", "Use LIKE on a code column itself.");
        }
        columns.use(c);
        if (scope.info(c).reference()) {
            return;
        }
        if (!(a.get(1) instanceof Expr.Literal pattern)) {
            if (isUnbound(a.get(1))) {
                return;
            }
            throw refuse(ProblemCode.COMPARISON, "LIKE with a pattern that comes from data");
        }
        if (!(scope.info(c).grid() instanceof Grid.CodePrefix(int minimum))) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "LIKE is not available on %s".formatted(scope.name(c)),
                    "LIKE 'prefix%' is available on hierarchical codes; use = or IN here.");
        }
        if (!(pattern.value() instanceof String text)) {
            return;
        }
        int wildcard = indexOfWildcard(text);
        boolean prefix = wildcard == text.length() - 1 && text.endsWith("%") && wildcard >= minimum;
        if (wildcard >= 0 && !prefix) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the pattern on %s is not a long enough prefix".formatted(scope.name(c)),
                    "Use LIKE 'prefix%%' with at least %d characters before the only %%.".formatted(minimum));
        }
    }

    /** A parameter that has no value yet, as ILIKE has it too. */
    private static boolean isUnbound(Expr pattern) {
        return pattern instanceof Expr.Parameter
                || pattern instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                        && op == Op.LOWER
                        && a.getFirst() instanceof Expr.Parameter;
    }

    private static int indexOfWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char ch = pattern.charAt(i);
            if (ch == '%' || ch == '_' || ch == '\\') {
                return i;
            }
        }
        return -1;
    }

    /** The beginning of a value that was ruled on. */
    void cut(List<Expr> a) {
        if (scope.isReference(a.getFirst())) {
            return;
        }
        Expr code = grids.strip(a.getFirst());
        boolean permitted = code instanceof Expr.Column c
                && scope.info(c).grid() instanceof Grid.CodePrefix(int minimum)
                && (a.get(1) instanceof Expr.Parameter
                        || a.get(1) instanceof Expr.Literal l
                                && l.value() instanceof Number n
                                && n.longValue() >= minimum);
        if (!permitted) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "left(), varchar(n) and char(n) cut only hierarchical codes, and not below their declared length",
                    "See the column's comment in \\d+ for the shortest prefix.");
        }
    }
}
