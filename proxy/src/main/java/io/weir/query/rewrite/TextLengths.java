package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import java.util.Map;

/** How long texts can become that are put together in rows of people: one that takes a source's time or room, and is made for one person's row alone, tells of them. */
final class TextLengths extends Origins {
    private static final int MOST = 20_000;

    /** Characters of what is stored, about. */
    private static final int STORED = 100;

    private TextLengths(Map<String, Rel> relations) {
        super(relations, STORED);
    }

    /** Refuses texts that could become too long. */
    static void check(BlockExpressions block) {
        TextLengths lengths = new TextLengths(block.relations());
        block.calculated().forEach(expr -> expr.walk(lengths::bound));
    }

    private void bound(Expr expr) {
        if (expr instanceof Expr.Call call && call.op() == Op.CONCAT && !call.isCallerValue() && of(call) > MOST) {
            throw Problem.of(
                            ProblemCode.OUT_OF_RANGE,
                            "a text with more than %d characters could be put together of a row".formatted(MOST),
                            "Group by the columns as they are, and put texts together from what is in the answer.")
                    .asException();
        }
    }

    @Override
    int of(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value() instanceof String text ? within(text.length()) : STORED;
            case Expr.Column column -> ofColumn(column);
            case Expr.Call call
            when call.op() == Op.CONCAT ->
                within(call.arguments().stream().mapToLong(this::of).sum());
            default -> expr.operands().stream().mapToInt(this::of).max().orElse(STORED);
        };
    }

    @Override
    int of(Rel.NamedAggregate aggregate) {
        return of(aggregate.argument());
    }

    private static int within(long characters) {
        return (int) Math.min(characters, MOST + 1L);
    }
}
