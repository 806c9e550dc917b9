package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the conditions of two arms of one table are a single step apart: one condition more, or one about the same columns exchanged. An
 * arm against the whole cell is no matter of this: who is missing from an arm is evidence of the arm itself. Pure.
 */
final class ArmSteps {
    private ArmSteps() {}

    static boolean apart(Expr first, Expr second) {
        if (first.equals(Expr.always()) || second.equals(Expr.always())) {
            return false;
        }
        Set<Expr> onlyFirst = new HashSet<>(Expr.conjunctsOf(first));
        Set<Expr> onlySecond = new HashSet<>(Expr.conjunctsOf(second));
        Set<Expr> both = new HashSet<>(onlyFirst);
        both.retainAll(onlySecond);
        onlyFirst.removeAll(both);
        onlySecond.removeAll(both);
        if (onlyFirst.size() + onlySecond.size() == 1) {
            return true;
        }
        if (onlyFirst.size() != 1 || onlySecond.size() != 1) {
            return false;
        }
        Expr x = onlyFirst.iterator().next();
        Expr y = onlySecond.iterator().next();
        return columns(x).equals(columns(y)) && !exclude(x, y);
    }

    private static Set<Expr.Column> columns(Expr condition) {
        return new HashSet<>(Scope.columnsOf(condition));
    }

    /** Whether no row can satisfy both, as far as that is plain: a condition and its negation, two values of one column. */
    private static boolean exclude(Expr x, Expr y) {
        return negates(x, y) || negates(y, x) || otherValues(x, y);
    }

    private static boolean negates(Expr x, Expr y) {
        return x instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && y instanceof Expr.Call(Op other, List<Expr> b, SqlType u)
                && op == Op.IS_TRUE
                && (other == Op.IS_NOT_TRUE || other == Op.IS_FALSE)
                && a.equals(b);
    }

    private static boolean otherValues(Expr x, Expr y) {
        return x instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && y instanceof Expr.Call(Op other, List<Expr> b, SqlType u)
                && op == Op.IS_TRUE
                && other == Op.IS_TRUE
                && a.getFirst() instanceof Expr.Call(Op left, List<Expr> p, SqlType v)
                && b.getFirst() instanceof Expr.Call(Op right, List<Expr> q, SqlType w)
                && left == Op.EQUAL
                && right == Op.EQUAL
                && p.get(0).equals(q.get(0))
                && p.get(1) instanceof Expr.Literal m
                && q.get(1) instanceof Expr.Literal n
                && m.value() != null
                && n.value() != null
                && m.type() == n.type()
                && !m.value()
                        .toString()
                        .strip()
                        .equalsIgnoreCase(n.value().toString().strip());
    }
}
