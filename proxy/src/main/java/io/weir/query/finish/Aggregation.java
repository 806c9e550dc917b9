package io.weir.query.finish;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates of protected values: one hidden input hides the result. */
final class Aggregation {
    private Aggregation() {}

    static @Nullable Object compute(Residual.Aggregate.Call call, List<Evaluator.Row> rows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Evaluator.Row row : rows) {
            Object filter = Evaluator.evaluate(call.filter(), row);
            if (filter instanceof Hidden) {
                return filter;
            }
            if (Boolean.TRUE.equals(filter)) {
                Expr argument = call.argument();
                values.add(argument == null ? (Object) 1L : Evaluator.evaluate(argument, row));
            }
        }
        Residual.Aggregate.Within within = call.within();
        if (within != null) {
            return rows.isEmpty()
                    ? null
                    : Ranked.percentile(call, Evaluator.evaluate(within.share(), rows.getFirst()), values);
        }
        return of(call.function(), values, call.distinct(), call.type());
    }

    static @Nullable Object of(
            Residual.Aggregate.Function function, List<@Nullable Object> all, boolean distinct, SqlType type) {
        Hidden hidden = Hidden.anyOf(all.toArray());
        if (hidden != null) {
            return hidden;
        }
        List<Object> values = new ArrayList<>();
        for (Object value : all) {
            if (value != null) {
                values.add(value);
            }
        }
        if (distinct) {
            LinkedHashSet<List<@Nullable Object>> seen = new LinkedHashSet<>();
            values.removeIf(v -> !seen.add(Ordering.group(new Object[] {v})));
        }
        return switch (function) {
            case COUNT -> Evaluator.cast((long) values.size(), type);
            case SUM -> values.isEmpty() ? null : Evaluator.cast(sum(values), type);
            case AVERAGE -> {
                if (values.isEmpty()) {
                    yield null;
                }
                Expr quotient = Expr.call(
                        Op.DIVIDE,
                        SqlType.NUMERIC,
                        Expr.literal(sum(values), SqlType.NUMERIC),
                        Expr.literal((long) values.size(), SqlType.INT8));
                yield Evaluator.cast(Evaluator.constant(quotient), type);
            }
            case MINIMUM -> values.stream().min(Evaluator::compare).orElse(null);
            case MAXIMUM -> values.stream().max(Evaluator::compare).orElse(null);
            case MODE -> Ranked.mode(values);
            case PERCENTILE_CONTINUOUS, PERCENTILE_DISCRETE ->
                throw new IllegalStateException("a percentile needs a place");
        };
    }

    private static BigDecimal sum(List<Object> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            sum = sum.add(new BigDecimal(value.toString()));
        }
        return sum;
    }
}
