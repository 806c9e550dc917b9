package io.weir.query;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.Description;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code _sdc} columns: {@code ok}, {@code hidden} or {@code rounded}, the same for every reason. */
final class Flags {
    private Flags() {}

    static Description describe(Description description) {
        return new Description(description.parameters(), columns(description.columns()));
    }

    static List<AnswerColumn> columns(List<AnswerColumn> columns) {
        List<AnswerColumn> all = new ArrayList<>(columns);
        columns.forEach(c -> all.add(new AnswerColumn(c.label() + "_sdc", ColumnType.of(SqlType.TEXT))));
        return all;
    }

    /** The row with its flags appended; hidden values are NULL in the result. */
    static @Nullable Object[] row(@Nullable Object[] values, List<Boolean> rounded, boolean flags) {
        @Nullable Object[] out = new @Nullable Object[flags ? values.length * 2 : values.length];
        for (int i = 0; i < values.length; i++) {
            boolean hidden = values[i] instanceof Hidden;
            out[i] = hidden ? null : values[i];
            if (flags) {
                out[values.length + i] = hidden ? "hidden" : rounded.get(i) ? "rounded" : "ok";
            }
        }
        return out;
    }
}
