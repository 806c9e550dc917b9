package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Forms that say what others say: LIKE by the values that the policy lists, bands, periods, and patterns as a list of LIKEs. Each is written out and
 * ruled on as that. Refuses patterns that come from data.
 */
final class FormCalls {
    private final ClosedDomains closed;
    private final Moments moments;
    private final BiFunction<Op, List<Expr>, Expr> comparison;

    /** @param comparison makes a comparison as one that is written */
    FormCalls(ClosedDomains closed, Moments moments, BiFunction<Op, List<Expr>, Expr> comparison) {
        this.closed = closed;
        this.moments = moments;
        this.comparison = comparison;
    }

    /**
     * @param name the function's name in lower case
     * @return null when it is no such form
     */
    @Nullable
    Expr translate(RexCall call, String name, List<Expr> arguments) {
        return switch (name) {
            case "width_bucket" -> WidthBuckets.of(arguments, comparison);
            case "overlaps" -> overlaps(call, arguments);
            case "similar to" -> matched(arguments);
            default -> null;
        };
    }

    Expr like(List<Expr> a, boolean ignoreCase) {
        return closed.like(a.get(0), a.get(1), ignoreCase)
                .orElseGet(() -> ignoreCase
                        ? Expr.predicate(Op.LIKE, ClosedDomains.lower(a.get(0)), ClosedDomains.lower(a.get(1)))
                        : Expr.predicate(Op.LIKE, a.get(0), a.get(1)));
    }

    private Expr overlaps(RexCall call, List<Expr> a) {
        a.forEach(end -> Growth.check(end, 40));
        List<RexNode> o = call.getOperands();
        return new Overlaps(comparison)
                .of(
                        new Overlaps.Ends(
                                a.get(0), nullable(o.get(0)), end(a.get(0), a.get(1)), nullable(o.get(1), o.get(0))),
                        new Overlaps.Ends(
                                a.get(2), nullable(o.get(2)), end(a.get(2), a.get(3)), nullable(o.get(3), o.get(2))));
    }

    /** An end that is a length may lack when the start does. */
    private static boolean nullable(RexNode... nodes) {
        return Arrays.stream(nodes).anyMatch(n -> n.getType().isNullable());
    }

    /** An interval is how long it takes from the start. */
    private Expr end(Expr start, Expr end) {
        return end.type() == SqlType.INTERVAL
                ? Casts.fold(Addition.plus(
                        List.of(start, end), start.type() == SqlType.DATE ? SqlType.TIMESTAMP : start.type(), moments))
                : end;
    }

    /** A regular expression or SIMILAR TO; the last argument tells which it is. */
    private Expr matched(List<Expr> a) {
        Expr value = a.get(0);
        String kind = String.valueOf(Evaluator.constant(a.get(2)));
        boolean ignoreCase = kind.endsWith("*");
        if (!a.get(1).isCallerValue()) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "a pattern that comes from data",
                    "Write the pattern in the statement, or bind it.");
        }
        if (!(a.get(1) instanceof Expr.Literal pattern)) {
            return like(List.of(value, a.get(1)), ignoreCase);
        }
        if (!(pattern.value() instanceof String text)) {
            return Expr.literal(null, SqlType.BOOL);
        }
        List<String> patterns = kind.isEmpty() ? Patterns.ofSimilarTo(text) : Patterns.ofRegularExpression(text);
        Growth.check(value, patterns.size());
        List<Expr> alternatives =
                patterns.stream().map(p -> alternative(value, p, ignoreCase)).toList();
        return alternatives.size() == 1 ? alternatives.getFirst() : new Expr.Call(Op.OR, alternatives, SqlType.BOOL);
    }

    /** A whole text is what = asks for. */
    private Expr alternative(Expr value, String pattern, boolean ignoreCase) {
        boolean whole = !ignoreCase && pattern.chars().noneMatch(c -> c == '%' || c == '_' || c == '\\');
        Expr text = Expr.literal(pattern, SqlType.TEXT);
        return whole ? comparison.apply(Op.EQUAL, List.of(value, text)) : like(List.of(value, text), ignoreCase);
    }
}
