package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.Map;

/**
 * How long a block becomes where its sub-queries are written out in each other: its canonical text has the conditions of a sub-query in all that is outside it, and a column that is calculated there
 * wherever it stands. Both double with each level of a statement of a few lines.
 */
final class Nesting extends Origins {
    private static final int MOST = 4_000_000;

    /** Of a text, that are as much as a part. */
    private static final int CHARACTERS = 8;

    private Nesting(Map<String, Rel> relations) {
        super(relations, 1);
    }

    /** Refuses blocks whose text would become too long. */
    static void check(Rel input, BlockExpressions block) {
        Nesting nesting = new Nesting(block.relations());
        int parts = 0;
        for (Expr expr : block.calculated()) {
            parts = within((long) parts + nesting.of(expr));
        }
        if (parts > MOST >> Math.min(depth(input), Integer.SIZE - 1)) {
            throw Problem.of(
                            ProblemCode.STATEMENT_TOO_COMPLEX,
                            "sub-queries stand within one another too often, or use what was calculated in them too often",
                            "Ask in fewer steps.")
                    .asException();
        }
    }

    private static int depth(Rel rel) {
        int inside = rel.inputs().stream().mapToInt(Nesting::depth).max().orElse(0);
        boolean level = rel instanceof Rel.Derived || rel instanceof Rel.PerSubject;
        return level ? inside + 1 : inside;
    }

    /** Parts, and characters of what is written in them. */
    @Override
    int of(Expr expr) {
        return switch (expr) {
            case Expr.Column column -> ofColumn(column);
            case Expr.Literal literal ->
                within(1L + (literal.value() instanceof String text ? text.length() / CHARACTERS : 0));
            default -> within(1L + expr.operands().stream().mapToLong(this::of).sum());
        };
    }

    @Override
    int of(Rel.NamedAggregate aggregate) {
        return within((long) of(aggregate.argument()) + of(aggregate.filter()));
    }

    private static int within(long parts) {
        return (int) Math.min(parts, MOST + 1L);
    }
}
