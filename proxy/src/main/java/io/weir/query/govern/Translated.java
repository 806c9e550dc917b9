package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import java.util.List;

/** A translated relation: below the boundary or above it. */
sealed interface Translated permits Translated.Above, UnitRows {
    /** Expressions of the visible columns, in Calcite's order. */
    List<Expr> columns();

    /** Above a boundary: protected values, reference data and constants. */
    record Above(Residual residual, List<Expr> columns) implements Translated {
        public Above {
            columns = List.copyOf(columns);
        }
    }
}
