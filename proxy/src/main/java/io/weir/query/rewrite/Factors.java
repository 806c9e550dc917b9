package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import java.util.Map;

/** How many amounts of a person are multiplied in one, wherever that was done. */
final class Factors extends Origins {
    /** More than anything that is permitted. */
    private static final int BEYOND = 100;

    /** @param relations of the block, by alias */
    Factors(Map<String, Rel> relations) {
        super(relations, 1);
    }

    @Override
    int of(Expr amount) {
        return switch (amount) {
            case Expr.Column column -> Math.max(1, ofColumn(column));
            case Expr.Case c ->
                Math.max(
                        of(c.otherwise()),
                        c.whens().stream()
                                .mapToInt(when -> of(when.value()))
                                .max()
                                .orElse(0));
            case Expr.Call call
            when call.op() == Op.MULTIPLY ->
                Math.min(call.arguments().stream().mapToInt(this::of).sum(), BEYOND);
            case Expr.Call call when call.op() == Op.EXPONENTIAL && !call.isCallerValue() -> BEYOND;
            case Expr.Exists e -> 0;
            case Expr.Scalar s -> 0;
            default ->
                amount.isCallerValue()
                        ? 0
                        : amount.operands().stream().mapToInt(this::of).max().orElse(0);
        };
    }

    @Override
    int of(Rel.NamedAggregate aggregate) {
        return of(aggregate.argument());
    }
}
