package io.weir.query.respond;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.copy.CopyLayout;
import io.weir.query.wire.copy.CopyOptions;
import io.weir.query.wire.type.TextStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one result as {@code COPY … TO STDOUT} does. One copy each; one thread. */
public final class CopyEncoder {
    private final CopyOptions options;
    private final List<String> labels;
    private final ColumnWriter[] writers;
    private final CopyLayout layout;
    private final MessageOutput value = new MessageOutput(64);

    /** A column of FORCE_QUOTE that the result does not have is a problem exception. */
    public CopyEncoder(List<AnswerColumn> columns, CopyOptions options, TextStyle style) {
        this.options = options;
        this.labels = columns.stream().map(AnswerColumn::label).toList();
        this.writers = new ColumnWriter[columns.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = ColumnWriter.of(columns.get(i).type().type(), options.fieldFormat(), style);
        }
        this.layout = CopyLayout.of(options, forced(labels, options));
    }

    /** Whether each of these columns is quoted always; one that is named and not there is a problem exception. */
    public static boolean[] forced(List<String> labels, CopyOptions options) {
        boolean[] forced = new boolean[labels.size()];
        for (int i = 0; i < forced.length; i++) {
            forced[i] = options.forceQuoteAll() || options.forceQuote().contains(labels.get(i));
        }
        for (String name : options.forceQuote()) {
            if (!labels.contains(name)) {
                throw Problem.of(
                                ProblemCode.UNKNOWN_COLUMN,
                                "FORCE_QUOTE names a column that is not copied.",
                                "Name columns of the result, or use FORCE_QUOTE *.")
                        .asException();
            }
        }
        return forced;
    }

    public BackendMessage.CopyOutResponse response() {
        return new BackendMessage.CopyOutResponse(options.fieldFormat(), writers.length);
    }

    /** Appends what comes before the rows. */
    public void start(MessageOutput out) {
        layout.start(labels, out);
    }

    /** Appends one CopyData. A value that cannot be written leaves nothing behind. */
    public void row(@Nullable Object[] values, MessageOutput out) {
        byte[] @Nullable [] fields = new byte[writers.length][];
        value.drain();
        for (int i = 0; i < writers.length; i++) {
            Object field = values[i];
            if (field != null) {
                writers[i].write(field, value);
                fields[i] = value.drain();
            }
        }
        layout.row(fields, out);
    }

    /** Appends what comes after the rows. */
    public void finish(MessageOutput out) {
        layout.finish(out);
    }
}
