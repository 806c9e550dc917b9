package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a block becomes where its sub-queries are written out in each other: its canonical text has the conditions of a sub-query in all that is outside it, and a column that is calculated there
 * wherever it stands. Both double with each level of a statement of a few lines.
 */
final class Nesting {
    private static final long MOST = 4_000_000;

    private final Map<String, Rel> relations;
    private final Map<Expr.Column, Long> columns = new HashMap<>();

    private Nesting(Map<String, Rel> relations) {
        this.relations = relations;
    }

    /** Refuses blocks whose text would become too long. */
    static void check(Rel input, BlockExpressions block) {
        Nesting nesting = new Nesting(block.relations());
        long parts = 0;
        for (Expr expr : block.calculated()) {
            parts = Math.min(MOST + 1, parts + nesting.parts(expr));
        }
        if (parts > MOST >> Math.min(depth(input), Long.SIZE - 1)) {
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

    private long parts(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return columnParts(column);
        }
        long parts = 1;
        for (Expr operand : expr.operands()) {
            parts = Math.min(MOST + 1, parts + parts(operand));
        }
        return parts;
    }

    private long columnParts(Expr.Column column) {
        Long before = columns.putIfAbsent(column, 1L);
        if (before != null) {
            return before;
        }
        Rel rel = relations.get(column.alias());
        Expr inner = CanonicalNames.computed(rel, column);
        long parts = 1;
        if (inner != null) {
            parts = parts(inner);
        } else if (rel instanceof Rel.PerSubject per && !column.name().equals(Rel.SUBJECT)) {
            Rel.NamedAggregate aggregate = CanonicalNames.aggregate(per, column.name());
            parts = parts(aggregate.argument()) + parts(aggregate.filter());
        }
        columns.put(column, parts);
        return parts;
    }
}
