package io.weir.query.finish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finished rows. A value is null (SQL NULL), a Java value, or {@link io.weir.query.govern.plan.Hidden}.
 *
 * @param rows in answer order
 * @param undecided whether a condition could not be decided for some row because it depends on a hidden value
 * @param rounded per column whether it depends on values that the profile rounds
 */
public record FinishedTable(List<@Nullable Object[]> rows, boolean undecided, List<Boolean> rounded) {
    public FinishedTable {
        rows = List.copyOf(rows);
        rounded = List.copyOf(rounded);
    }
}
