package io.weir.query.finish;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Frame;
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
            case RANK -> (long) firstPeer(call, ordered, at, rows) + 1;
            case DENSE_RANK -> {
                long rank = 1;
                for (int i = 1; i <= at; i++) {
                    rank += peers(call, rows, ordered.get(i - 1), ordered.get(i)) ? 0 : 1;
                }
                yield rank;
            }
            case PERCENT_RANK ->
                ordered.size() < 2 ? 0.0 : (double) firstPeer(call, ordered, at, rows) / (ordered.size() - 1);
            case CUMULATIVE_DISTRIBUTION -> (double) afterPeers(call, ordered, at, rows) / ordered.size();
            case NTILE -> Evaluator.cast(tile(at, ordered.size(), call.number()), call.type());
            case LAG -> other(call, ordered, at, -call.number(), rows);
            case LEAD -> other(call, ordered, at, call.number(), rows);
            case FIRST_VALUE -> nth(call, ordered, at, 1, rows);
            case LAST_VALUE -> {
                int end = end(call, ordered, at, rows);
                yield start(call, ordered, at, rows) < end ? argument(call, ordered.get(end - 1), rows) : null;
            }
            case NTH_VALUE -> nth(call, ordered, at, call.number(), rows);
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
        int end = end(call, ordered, at, rows);
        for (int i = start(call, ordered, at, rows); i < end; i++) {
            values.add(argument(call, ordered.get(i), rows));
        }
        return Aggregation.of(function, values, false, call.type());
    }

    private static @Nullable Object argument(Residual.Window.Call call, int row, List<Evaluator.Row> rows) {
        Expr argument = call.argument();
        return argument == null ? (Object) 1L : Evaluator.evaluate(argument, rows.get(row));
    }

    /** Of the row so many places further on; of the current row what there is otherwise. */
    private static @Nullable Object other(
            Residual.Window.Call call, List<Integer> ordered, int at, long places, List<Evaluator.Row> rows) {
        long other = at + places;
        if (other >= 0 && other < ordered.size()) {
            return argument(call, ordered.get((int) other), rows);
        }
        Expr otherwise = call.otherwise();
        return otherwise == null
                ? null
                : Evaluator.cast(Evaluator.evaluate(otherwise, rows.get(ordered.get(at))), call.type());
    }

    /** Of the frame's row with this number, from 1; null where it has fewer. */
    private static @Nullable Object nth(
            Residual.Window.Call call, List<Integer> ordered, int at, long number, List<Evaluator.Row> rows) {
        long place = start(call, ordered, at, rows) + number - 1;
        return place < end(call, ordered, at, rows) ? argument(call, ordered.get((int) place), rows) : null;
    }

    /** The first row of the frame, if it has any. */
    private static int start(Residual.Window.Call call, List<Integer> ordered, int at, List<Evaluator.Row> rows) {
        Frame frame = call.frame();
        if (frame.from() == Frame.FIRST) {
            return 0;
        }
        return frame.rows() ? Math.clamp(at + frame.from(), 0, ordered.size()) : firstPeer(call, ordered, at, rows);
    }

    /** Past the last row of the frame; an empty one ends where it starts, or before. */
    private static int end(Residual.Window.Call call, List<Integer> ordered, int at, List<Evaluator.Row> rows) {
        Frame frame = call.frame();
        if (frame.until() == Frame.LAST) {
            return ordered.size();
        }
        return frame.rows()
                ? Math.clamp(at + frame.until() + 1, 0, ordered.size())
                : afterPeers(call, ordered, at, rows);
    }

    private static int firstPeer(Residual.Window.Call call, List<Integer> ordered, int at, List<Evaluator.Row> rows) {
        int first = at;
        while (first > 0 && peers(call, rows, ordered.get(first - 1), ordered.get(at))) {
            first--;
        }
        return first;
    }

    private static int afterPeers(Residual.Window.Call call, List<Integer> ordered, int at, List<Evaluator.Row> rows) {
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
