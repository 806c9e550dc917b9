package io.weir.query.respond;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.type.SqlType;
import io.weir.query.type.ValueForm;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.Format;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.type.TextStyle;
import io.weir.query.wire.type.TypeCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Describes and writes the rows of one result in the formats its portal asked for. Immutable; any thread, one output each. */
public final class RowEncoder {
    private final List<AnswerColumn> columns;
    private final List<Format> formats;
    private final ColumnWriter[] writers;
    private final TextStyle style;

    /** @param formats none = all text, one = for all, else one each; see {@link #formats} */
    public RowEncoder(List<AnswerColumn> columns, List<Format> formats, TextStyle style) {
        this.columns = List.copyOf(columns);
        this.formats = List.copyOf(formats);
        this.style = style;
        this.writers = new ColumnWriter[columns.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = ColumnWriter.of(columns.get(i).type().type(), format(i), style);
        }
    }

    /** Whether a list of format codes fits so many values (PostgreSQL: 0, 1 or all). */
    public static boolean fits(List<Format> formats, int values) {
        return formats.size() <= 1 || formats.size() == values;
    }

    public BackendMessage.RowDescription description() {
        List<BackendMessage.RowField> fields = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            AnswerColumn column = columns.get(i);
            SqlType type = column.type().type();
            fields.add(new BackendMessage.RowField(
                    column.label(),
                    column.tableOid(),
                    column.attribute(),
                    type.oid(),
                    TypeCodec.of(type).length(),
                    column.type().typmod(),
                    format(i)));
        }
        return new BackendMessage.RowDescription(fields);
    }

    /** The forms in which {@link #row} takes the columns: other than values where PostgreSQL would send the same bytes. */
    public List<ValueForm> forms() {
        List<ValueForm> forms = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            SqlType type = columns.get(i).type().type();
            forms.add(
                    switch (format(i)) {
                        case BINARY -> ValueForm.BINARY;
                        case TEXT -> style.isPlain(type) ? ValueForm.TEXT : ValueForm.VALUE;
                    });
        }
        return forms;
    }

    /**
     * Appends one DataRow: {@code 'D': int16 n | (int32 length or −1 | bytes) × n}. A value that cannot be written leaves nothing behind.
     *
     * @param values in the classes of their types, or the bytes that were asked for with {@link #forms}
     */
    public void row(@Nullable Object[] values, MessageOutput out) {
        boolean written = false;
        try {
            out.begin('D').int16(writers.length);
            for (int i = 0; i < writers.length; i++) {
                Object value = values[i];
                if (value == null) {
                    out.int32(-1);
                } else if (value instanceof byte[] encoded) {
                    out.int32(encoded.length).bytes(encoded);
                } else {
                    int mark = out.beginLength();
                    writers[i].write(value, out);
                    out.endLength(mark);
                }
            }
            out.end();
            written = true;
        } finally {
            if (!written) {
                out.abandon();
            }
        }
    }

    /** Whether every column has the format that another list gives it. */
    public boolean writes(List<Format> others) {
        return IntStream.range(0, columns.size()).allMatch(i -> format(i) == format(others, i));
    }

    private Format format(int column) {
        return format(formats, column);
    }

    private static Format format(List<Format> formats, int column) {
        return switch (formats.size()) {
            case 0 -> Format.TEXT;
            case 1 -> formats.getFirst();
            default -> formats.get(column);
        };
    }
}
