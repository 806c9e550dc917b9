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
            case PERCENT_RANK -> {
                long first = at;
                while (first > 0 && peers(call, rows, ordered.get((int) first - 1), ordered.get(at))) {
                    first--;
                }
                yield ordered.size() < 2 ? 0.0 : (double) first / (ordered.size() - 1);
            }
            case CUMULATIVE_DISTRIBUTION -> (double) end(call, ordered, at, rows) / ordered.size();
            case NTILE -> Evaluator.cast(tile(at, ordered.size(), call.number()), call.type());
            case LAG -> at - call.number() < 0 ? null : argument(call, ordered.get((int) (at - call.number())), rows);
            case LEAD ->
                at + call.number() >= ordered.size()
                        ? null
                        : argument(call, ordered.get((int) (at + call.number())), rows);
            case FIRST_VALUE -> argument(call, ordered.get(start(call, at)), rows);
            case LAST_VALUE -> argument(call, ordered.get(end(call, ordered, at, rows) - 1), rows);
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
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = start(call, at); i < end(call, ordered, at, rows); i++) {
            values.add(argument(call, ordered.get(i), rows));
        }
        return Aggregation.of(function, values, false, call.type());
    }

    private static @Nullable Object argument(Residual.Window.Call call, int row, List<Evaluator.Row> rows) {
        Expr argument = call.argument();
        return argument == null ? (Object) 1L : Evaluator.evaluate(argument, rows.get(row));
    }

    private static int start(Residual.Window.Call call, int at) {
        return call.preceding() < 0 ? 0 : (int) Math.max(0, at - call.preceding());
    }

    /** Past the last row of the frame. */
    private static int end(Residual.Window.Call call, List<Integer> ordered, int at, List<Evaluator.Row> rows) {
        if (call.preceding() >= 0) {
            return at + 1;
        }
        if (call.order().isEmpty()) {
            return ordered.size();
        }
        int end = at + 1;
        while (end < ordered.size() && peers(call, rows, ordered.get(end), ordered.get(at))) {
            end++;
        }
        return end;
    }

    /** The first tiles are one larger where they cannot all be alike. */
    private static long tile(int at, int size, long tiles) {
        long small = size / tiles;
        long larger = size % tiles;
        long inLarger = larger * (small + 1);
        return at < inLarger ? at / (small + 1) + 1 : larger + (at - inLarger) / Math.max(1, small) + 1;
    }
}
