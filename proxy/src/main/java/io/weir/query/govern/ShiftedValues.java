package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Values that are compared or summed further up must not carry a constant of the caller: it would move the grid of the comparison, and
 * outweigh the rounding step of the sum. Refuses them; zero, one and minus one as results of a CASE are flags, and fine.
 */
final class ShiftedValues {
    private static final Set<Op> SHIFTING = EnumSet.of(
            Op.ADD,
            Op.SUBTRACT,
            Op.MULTIPLY,
            Op.DIVIDE,
            Op.NEGATE,
            Op.ABSOLUTE,
            Op.ADD_DAYS,
            Op.ADD_INTERVAL,
            Op.AGE_IN_YEARS,
            Op.DAYS_BETWEEN);

    private final Scope scope;
    private final ValueGrids grids;
    private final Magnitudes magnitudes;
    private final Exactness exactness;

    ShiftedValues(Scope scope, ValueGrids grids, Magnitudes magnitudes, Exactness exactness) {
        this.magnitudes = magnitudes;
        this.scope = scope;
        this.grids = grids;
        this.exactness = exactness;
    }

    void check(Expr value) {
        if (value.isCallerValue()) {
            branch(value);
            return;
        }
        if (scope.isReference(value) && exactness.isPlain(value)) {
            return;
        }
        switch (value) {
            case Expr.Call call
            when SHIFTING.contains(call.op()) -> {
                if (call.arguments().stream().anyMatch(magnitudes::isSince)) {
                    throw shifted();
                }
                boolean age = call.op() == Op.AGE_IN_YEARS || call.op() == Op.DAYS_BETWEEN;
                if (!age && call.arguments().stream().anyMatch(Expr::isCallerValue)) {
                    throw shifted();
                }
                call.arguments().stream().filter(a -> !a.isCallerValue()).forEach(this::check);
            }
            case Expr.Case c -> {
                c.whens().forEach(w -> branch(w.value()));
                branch(c.otherwise());
            }
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when op == Op.COALESCE || op == Op.NULLIF -> a.forEach(this::branch);
            default -> value.operands().forEach(this::check);
        }
    }

    /** A constant result: a flag, a text or nothing; no number or day that could serve as a bound. */
    private void branch(Expr result) {
        Expr plain = grids.strip(result);
        if (!plain.isCallerValue()) {
            check(plain);
            return;
        }
        if (plain instanceof Expr.Parameter) {
            return; // ruled on when it is bound
        }
        boolean harmless = plain instanceof Expr.Literal l
                && (l.value() == null
                        || l.value() instanceof Boolean
                        || l.value() instanceof String
                        || l.value() instanceof Number n
                                && new BigDecimal(n.toString()).abs().compareTo(BigDecimal.ONE) <= 0);
        if (!harmless) {
            throw shifted();
        }
    }

    private static RuntimeException shifted() {
        return refuse(
                ProblemCode.COMPARISON,
                "a value about people is changed by a constant inside a sub-query",
                "Leave the column as it is, and calculate with the aggregate; 0 and 1 as results of CASE are fine.");
    }
}
