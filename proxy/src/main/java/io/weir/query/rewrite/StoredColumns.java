package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.HashMap;
import java.util.Map;

/** Which columns of a tree of relations are stored ones or constants, passed on as they are, and not calculated in a sub-query. */
final class StoredColumns {
    private final Map<String, Rel> relations = new HashMap<>();

    StoredColumns(Rel rows) {
        rows.walk(rel -> BlockExpressions.name(rel, relations));
    }

    boolean contains(Expr.Column column) {
        Rel rel = relations.get(column.alias());
        return rel instanceof Rel.Scan
                || rel instanceof Rel.Values
                || CanonicalNames.computed(rel, column) instanceof Expr.Column inner && contains(inner)
                || rel instanceof Rel.UnionAll union
                        && union.branches().stream()
                                .flatMap(branch -> branch.outputs().stream())
                                .filter(output -> output.name().equals(column.name()))
                                .allMatch(output -> output.expr() instanceof Expr.Column inner && contains(inner));
    }
}
