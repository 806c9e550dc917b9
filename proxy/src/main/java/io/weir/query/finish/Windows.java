package io.weir.query.finish;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Window functions over protected values. */
final class Windows {
    private Windows() {}

    /** One value per row, in row order. */
    static @Nullable Object[] compute(Residual.Window.Call call, List<Evaluator.Row> rows) {
        Map<List<@Nullable Object>, List<Integer>> partitions = new LinkedHashMap<>();
        for (int r = 0; r < rows.size(); r++) {
            Evaluator.Row row = rows.get(r);
            @Nullable
            Object[] key = call.partition().stream()
                    .map(p -> Evaluator.evaluate(p, row))
                    .toArray();
            partitions
                    .computeIfAbsent(Ordering.group(key), k -> new ArrayList<>())
                    .add(r);
        }
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (List<Integer> partition : partitions.values()) {
            List<Integer> ordered = new ArrayList<>(partition);
            ordered.sort((a, b) -> Ordering.compare(call.order(), rows.get(a), rows.get(b)));
            Hidden unordered = hiddenOrder(call, ordered, rows);
            for (int i = 0; i < ordered.size(); i++) {
                values[ordered.get(i)] = unordered != null ? unordered : value(call, ordered, i, rows);
            }
        }
        return values;
    }

    /** A rank or a running value over hidden order keys would tell their order. */
    private static @Nullable Hidden hiddenOrder(
            Residual.Window.Call call, List<Integer> ordered, List<Evaluator.Row> rows) {
        Hidden hidden = null;
        for (int r : ordered) {
            for (Residual.SortKey key : call.order()) {
                hidden = Hidden.anyOf(hidden, Evaluator.evaluate(key.expr(), rows.get(r)));
            }
        }
        return hidden;
    }

    private static @Nullable Object value(
            Residual.Window.Call call, List<Integer> ordered, int at, List<Evaluator.Row> rows) {
        return switch (call.function()) {
            case ROW_NUMBER -> (long) at + 1;
            case RANK -> {
                int first = at;
                while (first > 0 && peers(call, rows, ordered.get(first - 1), ordered.get(at))) {
                    first--;
                }
                yield (long) first + 1;
            }
            case DENSE_RANK -> {
                long rank = 1;
                for (int i = 1; i <= at; i++) {
                    rank += peers(call, rows, ordered.get(i - 1), ordered.get(i)) ? 0 : 1;
                }
                yield rank;
            }
            case COUNT -> aggregate(call, Residual.Aggregate.Function.COUNT, ordered, at, rows);
            case SUM -> aggregate(call, Residual.Aggregate.Function.SUM, ordered, at, rows);
            case AVERAGE -> aggregate(call, Residual.Aggregate.Function.AVERAGE, ordered, at, rows);
            case MINIMUM -> aggregate(call, Residual.Aggregate.Function.MINIMUM, ordered, at, rows);
            case MAXIMUM -> aggregate(call, Residual.Aggregate.Function.MAXIMUM, ordered, at, rows);
        };
    }

    private static boolean peers(Residual.Window.Call call, List<Evaluator.Row> rows, int a, int b) {
        return Ordering.compare(call.order(), rows.get(a), rows.get(b)) == 0;
    }

    private static @Nullable Object aggregate(
            Residual.Window.Call call,
            Residual.Aggregate.Function function,
            List<Integer> ordered,
            int at,
            List<Evaluator.Row> rows) {
        int end = ordered.size();
        if (!call.order().isEmpty()) {
            end = at + 1;
            while (end < ordered.size() && peers(call, rows, ordered.get(end), ordered.get(at))) {
                end++;
            }
        }
        List<@Nullable Object> values = new ArrayList<>();
        Expr argument = call.argument();
        for (int i = 0; i < end; i++) {
            values.add(argument == null ? (Object) 1L : Evaluator.evaluate(argument, rows.get(ordered.get(i))));
        }
        return Aggregation.of(function, values, false, call.type());
    }
}
