package io.weir.query.finish;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Aggregates that look at values in their order, of protected values: as PostgreSQL computes them. One hidden input hides the result. */
final class Ranked {
    private Ranked() {}

    /** @param share how many of the values are to lie before the place */
    static @Nullable Object percentile(
            Residual.Aggregate.Call call, @Nullable Object share, List<@Nullable Object> all) {
        Hidden hidden = Hidden.anyOf(share, Hidden.anyOf(all.toArray()));
        if (hidden != null) {
            return hidden;
        }
        List<Object> values = new ArrayList<>();
        for (Object value : all) {
            if (value != null) {
                values.add(value);
            }
        }
        if (values.isEmpty() || !(Evaluator.cast(share, SqlType.NUMERIC) instanceof BigDecimal place)) {
            return null;
        }
        values.sort(Evaluator::compare);
        Residual.Aggregate.Within within = call.within();
        if (within != null && within.descending()) {
            Collections.reverse(values);
        }
        if (call.function() == Residual.Aggregate.Function.PERCENTILE_DISCRETE) {
            int row = place.multiply(BigDecimal.valueOf(values.size()))
                    .setScale(0, RoundingMode.CEILING)
                    .intValueExact();
            return Evaluator.cast(values.get(Math.max(row, 1) - 1), call.type());
        }
        BigDecimal row = place.multiply(BigDecimal.valueOf(values.size() - 1L));
        int below = row.setScale(0, RoundingMode.FLOOR).intValueExact();
        int above = row.setScale(0, RoundingMode.CEILING).intValueExact();
        BigDecimal low = new BigDecimal(values.get(below).toString());
        BigDecimal high = new BigDecimal(values.get(above).toString());
        BigDecimal value = high.subtract(low)
                .multiply(row.subtract(BigDecimal.valueOf(below)))
                .add(low);
        return Evaluator.cast(value, call.type());
    }

    static @Nullable Object mode(List<Object> values) {
        Map<Object, Integer> times = new TreeMap<>(Evaluator::compare);
        values.forEach(v -> times.merge(v, 1, Integer::sum));
        Object most = null;
        for (Map.Entry<Object, Integer> entry : times.entrySet()) {
            if (most == null || entry.getValue() > times.getOrDefault(most, 0)) {
                most = entry.getKey();
            }
        }
        return most;
    }
}
