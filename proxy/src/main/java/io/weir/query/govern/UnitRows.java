package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows below the boundary. They belong to known units when {@code units} is not empty; else they are reference data.
 *
 * @param units unit keys of all personal relations within; the preserved side of outer joins comes first
 * @param ordering ORDER BY and LIMIT on top; null when there is none
 */
record UnitRows(
        Rel rel,
        List<Expr> columns,
        List<Unit> units,
        @Nullable Ordering ordering) implements Translated {
    UnitRows {
        columns = List.copyOf(columns);
        units = List.copyOf(units);
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

    boolean personal() {
        return !units.isEmpty();
    }

    UnitRows withColumns(List<Expr> newColumns) {
        return new UnitRows(rel, newColumns, units, ordering);
    }

    UnitRows withRel(Rel newRel) {
        return new UnitRows(newRel, columns, units, ordering);
    }

    /** Rows of a LIMIT are a choice that nothing further may be made of. */
    void refuseLimit() {
        if (ordering != null && ordering.limits()) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "LIMIT or OFFSET in a sub-query or below another operation",
                    "Use ORDER BY and LIMIT on the outermost SELECT only.");
        }
    }

    /** The same rows in no order, which no operation above keeps. */
    UnitRows unlimited() {
        refuseLimit();
        return new UnitRows(rel, columns, units, null);
    }
}
