package io.weir.query.wire.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.query.wire.MessageOutput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line a row; a value is quoted when it must be told from NULL, holds a delimiter, quote or line end, or is the end marker alone on a
 * line (CopyAttributeOutCSV).
 */
final class CsvLayout implements CopyLayout {
    private static final byte[] END_MARKER = {'\\', '.'};

    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;
    private final boolean header;
    private final boolean[] forced;

    CsvLayout(CopyOptions options, boolean[] forced) {
        this.delimiter = (byte) options.delimiter();
        this.quote = (byte) options.quote();
        this.escape = (byte) options.escape();
        this.nullText = options.nullText().getBytes(UTF_8);
        this.header = options.header();
        this.forced = forced.clone();
    }

    @Override
    public void start(List<String> labels, MessageOutput out) {
        if (header) {
            out.begin('d');
            for (int i = 0; i < labels.size(); i++) {
                separate(i, out);
                value(labels.get(i).getBytes(UTF_8), false, labels.size() == 1, out);
            }
            out.int8('\n').end();
        }
    }

    @Override
    public void row(byte[] @Nullable [] fields, MessageOutput out) {
        out.begin('d');
        for (int i = 0; i < fields.length; i++) {
            separate(i, out);
            byte[] field = fields[i];
            if (field == null) {
                out.bytes(nullText);
            } else {
                value(field, forced[i], fields.length == 1, out);
            }
        }
        out.int8('\n').end();
    }

    @Override
    public void finish(MessageOutput out) {}

    private void separate(int column, MessageOutput out) {
        if (column > 0) {
            out.int8(delimiter);
        }
    }

    private void value(byte[] field, boolean force, boolean alone, MessageOutput out) {
        if (!force && !needsQuotes(field, alone)) {
            out.bytes(field);
            return;
        }
        out.int8(quote);
        int from = 0;
        for (int i = 0; i < field.length; i++) {
            if (field[i] == quote || field[i] == escape) {
                out.bytes(field, from, i - from).int8(escape);
                from = i;
            }
        }
        out.bytes(field, from, field.length - from).int8(quote);
    }

    private boolean needsQuotes(byte[] field, boolean alone) {
        if (Arrays.equals(field, nullText) || (alone && Arrays.equals(field, END_MARKER))) {
            return true;
        }
        for (byte value : field) {
            if (value == delimiter || value == quote || value == '\n' || value == '\r') {
                return true;
            }
        }
        return false;
    }
}
