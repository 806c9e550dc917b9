package io.weir.query.govern;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgArray;
import io.weir.query.type.SqlType;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Comparisons with all elements of an array that is bound: {@code = ANY ($1)} means what an IN list means. Refuses arrays that are too long. */
final class Quantified {
    /** As many as the longest statement has room for in an IN list. */
    private static final int MOST_ELEMENTS = 10_000;

    private Quantified() {}

    /** @param name {@code = any of}, {@code <> all of} … */
    static Op operator(String name) {
        return switch (name.substring(0, name.indexOf(' '))) {
            case "=" -> Op.EQUAL;
            case "<>" -> Op.NOT_EQUAL;
            case "<" -> Op.LESS;
            case "<=" -> Op.LESS_OR_EQUAL;
            case ">" -> Op.GREATER;
            case ">=" -> Op.GREATER_OR_EQUAL;
            default -> throw new IllegalStateException("no comparison: " + name);
        };
    }

    /** The parameter under its casts. */
    static RexDynamicParam parameter(RexNode element) {
        return switch (element) {
            case RexDynamicParam parameter -> parameter;
            case RexCall cast -> parameter(cast.getOperands().getFirst());
            default -> throw new IllegalStateException("no parameter: " + element.getKind());
        };
    }

    /** Of all dimensions, in order. */
    static List<@Nullable Object> elements(PgArray array) {
        if (array.elements().size() > MOST_ELEMENTS) {
            throw Problem.of(
                            ProblemCode.STATEMENT_TOO_COMPLEX,
                            "an array parameter has more than %d elements".formatted(MOST_ELEMENTS),
                            "Ask in several statements, or join a reference table that lists the values.")
                    .asException();
        }
        return array.elements();
    }

    /** The tests as one condition, flat as an IN list becomes. */
    static Expr together(List<Expr> tests, Op connective, boolean negated) {
        Expr all = switch (tests.size()) {
            case 0 -> Expr.literal(connective == Op.AND, SqlType.BOOL);
            case 1 -> tests.getFirst();
            default -> connective == Op.AND ? Expr.and(tests) : new Expr.Call(Op.OR, tests, SqlType.BOOL);
        };
        if (!negated) {
            return all;
        }
        return all instanceof Expr.Literal l && l.value() instanceof Boolean flag
                ? Expr.literal(!flag, SqlType.BOOL)
                : Expr.predicate(Op.NOT, all);
    }
}
