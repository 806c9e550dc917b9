package io.weir.sdc.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How deep each dimension goes in a margin: margins as lists of depths, one for each dimension. The finest table is all of their full depth. */
public final class MarginPlan {
    private MarginPlan() {}

    /** Depths of the finest cells. */
    public static List<Integer> finest(List<Dimension> dimensions) {
        return dimensions.stream().map(Dimension::depth).toList();
    }

    /** All combinations of depths, the finest first. */
    public static List<List<Integer>> all(List<Dimension> dimensions) {
        List<List<Integer>> plans = List.of(List.of());
        for (Dimension dimension : dimensions) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> plan : plans) {
                for (int depth = dimension.depth(); depth >= 0; depth--) {
                    List<Integer> next = new ArrayList<>(plan);
                    next.add(depth);
                    longer.add(next);
                }
            }
            plans = longer;
        }
        return List.copyOf(plans);
    }

    /** The depths that keep these columns, or nothing when a column is unknown or its coarser level is missing. */
    public static Optional<List<Integer>> of(List<Dimension> dimensions, List<String> columns) {
        List<Integer> depths = new ArrayList<>();
        int used = 0;
        for (Dimension dimension : dimensions) {
            List<String> levels = levels(dimension);
            int depth = (int) levels.stream().takeWhile(columns::contains).count();
            depths.add(depth);
            used += depth;
        }
        return used == columns.size() ? Optional.of(List.copyOf(depths)) : Optional.empty();
    }

    /** What margins may keep. */
    static List<String> names(List<Dimension> dimensions) {
        return dimensions.stream()
                .flatMap(dimension -> levels(dimension).stream())
                .toList();
    }

    private static List<String> levels(Dimension dimension) {
        return switch (dimension.layout()) {
            case Dimension.Layout.Columns columns -> dimension.columns();
            case Dimension.Layout.OneColumn one ->
                IntStream.rangeClosed(1, one.depth())
                        .mapToObj(level -> level == one.depth() ? one.column() : one.column() + "." + level)
                        .toList();
        };
    }
}
