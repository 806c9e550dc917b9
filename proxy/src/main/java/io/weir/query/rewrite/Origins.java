package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number that is found of expressions, through all sub-queries in which their columns were calculated. Relations of one block; not thread-safe.
 */
abstract class Origins {
    private final Map<String, Rel> relations;
    private final Map<Expr.Column, Integer> known = new HashMap<>();
    private final int stored;

    /**
     * @param relations of the block, by alias
     * @param stored the number of a column that is not calculated
     */
    Origins(Map<String, Rel> relations, int stored) {
        this.relations = relations;
        this.stored = stored;
    }

    abstract int of(Expr expr);

    /** Of what is calculated of a person's records in a sub-query. */
    abstract int of(Rel.NamedAggregate aggregate);

    final int ofColumn(Expr.Column column) {
        Integer before = known.putIfAbsent(column, stored);
        if (before != null) {
            return before;
        }
        int found = ofColumn(column, relations.get(column.alias()));
        known.put(column, found);
        return found;
    }

    private int ofColumn(Expr.Column column, @Nullable Rel rel) {
        Expr inner = CanonicalNames.computed(rel, column);
        if (inner != null) {
            return of(inner);
        }
        return switch (rel) {
            case Rel.PerSubject per
            when !column.name().equals(Rel.SUBJECT) -> of(CanonicalNames.aggregate(per, column.name()));
            case Rel.UnionAll union ->
                union.branches().stream()
                        .flatMap(branch -> branch.outputs().stream())
                        .filter(output -> output.name().equals(column.name()))
                        .mapToInt(output -> of(output.expr()))
                        .max()
                        .orElse(stored);
            case null, default -> stored;
        };
    }
}
