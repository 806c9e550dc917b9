package io.weir.query.finish;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.Residual;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Order and equality of protected values. Hidden sorts with NULL: its place tells nothing. */
final class Ordering {
    private Ordering() {}

    static int compare(List<Residual.SortKey> keys, Evaluator.Row a, Evaluator.Row b) {
        for (Residual.SortKey key : keys) {
            Object x = known(Evaluator.evaluate(key.expr(), a));
            Object y = known(Evaluator.evaluate(key.expr(), b));
            int order;
            if (x == null || y == null) {
                int nulls = x == null ? (y == null ? 0 : -1) : 1;
                order = key.nullsFirst() ? nulls : -nulls;
            } else {
                order = key.descending() ? Evaluator.compare(y, x) : Evaluator.compare(x, y);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static @Nullable Object known(@Nullable Object value) {
        return value instanceof Hidden ? null : value;
    }

    /** Values for grouping: numbers of equal value are equal, all hidden values are one. */
    static List<@Nullable Object> group(@Nullable Object[] values) {
        List<@Nullable Object> group = new ArrayList<>();
        for (Object value : values) {
            group.add(
                    value instanceof Hidden
                            ? Hidden.class
                            : value instanceof Number n ? new BigDecimal(n.toString()).stripTrailingZeros() : value);
        }
        return group;
    }
}
