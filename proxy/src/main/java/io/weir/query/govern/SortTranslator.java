package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** ORDER BY, OFFSET and LIMIT, above the boundary or on top of rows. Refuses a limit below another one, and numbers that are negative. */
final class SortTranslator {
    private final RexTranslator rex;

    SortTranslator(RexTranslator rex) {
        this.rex = rex;
    }

    Translated translate(Sort sort, Translated input) {
        List<Residual.SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
            boolean descending = field.getDirection().isDescending();
            keys.add(new Residual.SortKey(
                    input.columns().get(field.getFieldIndex()),
                    descending,
                    nullsFirst(descending, field.nullDirection)));
        }
        long offset = limit(sort.offset, 0);
        long fetch = limit(sort.fetch, -1);
        return switch (input) {
            case Translated.Above above -> {
                Residual sorted = keys.isEmpty() ? above.residual() : new Residual.Sort(above.residual(), keys);
                yield new Translated.Above(
                        offset > 0 || fetch >= 0 ? new Residual.Limit(sorted, offset, fetch) : sorted, above.columns());
            }
            case UnitRows rows -> {
                rows.refuseLimit();
                yield new UnitRows(
                        rows.rel(), rows.columns(), rows.units(), new UnitRows.Ordering(keys, offset, fetch));
            }
        };
    }

    /** As in PostgreSQL: a missing value is the largest. */
    static boolean nullsFirst(boolean descending, RelFieldCollation.NullDirection nulls) {
        return switch (nulls) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
        };
    }

    private long limit(@Nullable RexNode node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        Expr value = rex.translate(node, List.of());
        if (value instanceof Expr.Parameter) {
            return otherwise;
        }
        if (value instanceof Expr.Literal l && l.value() instanceof Number n && n.longValue() >= 0) {
            return n.longValue();
        }
        if (value instanceof Expr.Literal l && l.isNull()) {
            return otherwise;
        }
        throw refuse(
                ProblemCode.INVALID_VALUE,
                "LIMIT and OFFSET take a number that is not negative",
                "Write a whole number from 0.");
    }
}
