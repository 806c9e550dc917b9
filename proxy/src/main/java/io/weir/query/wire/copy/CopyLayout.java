package io.weir.query.wire.copy;

import io.weir.query.wire.MessageOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the CopyData messages of one COPY: {@link #start}, any number of {@link #row}, {@link #finish}. Keeps state: one copy each. */
public sealed interface CopyLayout permits TextLayout, CsvLayout, BinaryLayout {
    /** Before the first row. */
    void start(List<String> labels, MessageOutput out);

    /** @param fields one a column, in the form of {@link CopyOptions#fieldFormat()}; null for NULL */
    void row(byte[] @Nullable [] fields, MessageOutput out);

    /** After the last row. */
    void finish(MessageOutput out);

    /** @param forced whether csv always quotes the column; one a column */
    static CopyLayout of(CopyOptions options, boolean[] forced) {
        return switch (options.layout()) {
            case TEXT -> new TextLayout(options);
            case CSV -> new CsvLayout(options, forced);
            case BINARY -> new BinaryLayout();
        };
    }
}
