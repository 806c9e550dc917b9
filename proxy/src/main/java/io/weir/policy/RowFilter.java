package io.weir.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row filter over one dataset's own source columns: all conditions must hold. Values are texts of the column's type and travel as
 * bind parameters.
 */
public record RowFilter(List<Condition> conditions) {
    public RowFilter {
        conditions = List.copyOf(conditions);
    }

    /** One condition; NULL never satisfies it. */
    public sealed interface Condition {
        String column();

        /** The column is one of these values. */
        record In(String column, List<String> values) implements Condition {
            public In {
                values = List.copyOf(values);
            }
        }

        /** {@code from <= column < until}; an open end is null. */
        record Range(
                String column,
                @Nullable String from,
                @Nullable String until) implements Condition {}
    }
}
