package io.weir.query.disclose;

import io.weir.query.execute.RawRows;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Texts;
import io.weir.query.rewrite.OutputColumn;
import io.weir.query.type.ColumnType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a row_level answer: identifiers leave only as pseudonyms. Streams; one thread. Only {@code disclose} can make one.
 */
public final class ProtectedRows implements AutoCloseable {
    private final RawRows raw;
    private final List<ColumnType> types;
    private final @Nullable UnaryOperator<@Nullable String>[] pseudonyms;

    private ProtectedRows(RawRows raw, List<ColumnType> types, @Nullable UnaryOperator<@Nullable String>[] pseudonyms) {
        this.raw = raw;
        this.types = List.copyOf(types);
        this.pseudonyms = pseudonyms;
    }

    /** Pseudonyms of the project, by namespace. */
    public interface Namespaces {
        UnaryOperator<@Nullable String> of(String namespace);
    }

    /** @param types types of the columns as analysts see them */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static ProtectedRows of(RawRows raw, List<ColumnType> types, Namespaces namespaces) {
        List<OutputColumn> outputs = raw.outputs();
        @Nullable UnaryOperator<@Nullable String>[] pseudonyms = new UnaryOperator[outputs.size()];
        for (int i = 0; i < pseudonyms.length; i++) {
            String namespace = outputs.get(i).namespace();
            boolean identifier = outputs.get(i).purpose() == OutputColumn.Purpose.TO_PSEUDONYMISE;
            if (identifier != (namespace != null)) {
                throw new IllegalStateException("an identifier without a namespace");
            }
            if (identifier && raw.passes(i)) {
                throw new IllegalStateException("an identifier would pass");
            }
            pseudonyms[i] = namespace == null ? null : namespaces.of(namespace);
        }
        return new ProtectedRows(raw, types, pseudonyms);
    }

    /** The next row, or null at the end. */
    public @Nullable Object @Nullable [] next() {
        @Nullable Object[] row = raw.next();
        if (row == null) {
            return null;
        }
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            UnaryOperator<@Nullable String> pseudonym = pseudonyms[i];
            if (pseudonym != null) {
                value = pseudonym.apply(value == null ? null : Texts.print(value));
            } else if (value instanceof byte[]) {
                // Decided before the first row: it passes as it is.
                continue;
            }
            row[i] = Evaluator.shown(value, types.get(i));
        }
        return row;
    }

    @Override
    public void close() {
        raw.close();
    }
}
