package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows below the boundary. They belong to known units when {@code units} is not empty; else they are reference data.
 *
 * @param units unit keys of all personal relations within; the preserved side of outer joins comes first
 * @param judged conditions that each select people of their own, as the branches of a UNION: no aggregate is shown when one of them
 *     selects few
 * @param ordering ORDER BY and LIMIT on top; null when there is none
 */
record UnitRows(
        Rel rel,
        List<Expr> columns,
        List<Unit> units,
        @Nullable Ordering ordering,
        List<Expr> judged) implements Translated {
    UnitRows {
        columns = List.copyOf(columns);
        units = List.copyOf(units);
        judged = List.copyOf(judged);
    }

    UnitRows(Rel rel, List<Expr> columns, List<Unit> units) {
        this(rel, columns, units, null, List.of());
    }

    /**
     * @param alias relation that has the key
     * @param key the unit key, bound to a base column
     * @param namespace namespace of the unit
     */
    record Unit(String alias, Expr.Column key, String namespace) {}

    /** Negative fetch: no limit. */
    record Ordering(List<Residual.SortKey> keys, long offset, long fetch) {
        Ordering {
            keys = List.copyOf(keys);
        }

        boolean limits() {
            return offset > 0 || fetch >= 0;
        }
    }

    /**
     * The same conditions on groups of these rows: that the group has a row of them.
     *
     * @param alias of the groups
     */
    List<Expr> judgedPerGroup(String alias, List<Rel.NamedAggregate> aggregates, Map<String, ColumnInfo> infos) {
        List<Expr> grouped = new ArrayList<>();
        for (Expr condition : judged) {
            String name = "j" + grouped.size();
            aggregates.add(new Rel.NamedAggregate(
                    name,
                    Rel.NamedAggregate.Function.COUNT,
                    Expr.literal(1, SqlType.INT4),
                    condition,
                    false,
                    SqlType.INT8));
            infos.put(name, ColumnInfo.attribute(new Grid.NoRanges(), null, false, Magnitudes.Magnitude.COUNT));
            grouped.add(Expr.predicate(
                    Op.GREATER, new Expr.Column(alias, name, SqlType.INT8), Expr.literal(0L, SqlType.INT8)));
        }
        return grouped;
    }

    boolean personal() {
        return !units.isEmpty();
    }

    UnitRows withColumns(List<Expr> newColumns) {
        return new UnitRows(rel, newColumns, units, ordering, judged);
    }

    UnitRows withRel(Rel newRel) {
        return new UnitRows(newRel, columns, units, ordering, judged);
    }

    /** Rows of a LIMIT are a choice that nothing further may be made of. */
    void refuseLimit() {
        if (ordering != null && ordering.limits()) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "LIMIT below another operation",
                    "Use ORDER BY and LIMIT on the outermost SELECT only.");
        }
    }

    /** The same rows in no order, which no operation above keeps. */
    UnitRows unlimited() {
        refuseLimit();
        return new UnitRows(rel, columns, units, null, judged);
    }
}
