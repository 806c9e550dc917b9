package io.weir.query.wire.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.query.wire.MessageOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line a row; backslash escapes for control characters that could be mistaken, the delimiter and itself (CopyAttributeOutText). */
final class TextLayout implements CopyLayout {
    private final byte delimiter;
    private final byte[] nullText;
    private final boolean header;

    TextLayout(CopyOptions options) {
        this.delimiter = (byte) options.delimiter();
        this.nullText = options.nullText().getBytes(UTF_8);
        this.header = options.header();
    }

    @Override
    public void start(List<String> labels, MessageOutput out) {
        if (header) {
            byte[][] fields = new byte[labels.size()][];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = labels.get(i).getBytes(UTF_8);
            }
            row(fields, out);
        }
    }

    @Override
    public void row(byte[] @Nullable [] fields, MessageOutput out) {
        out.begin('d');
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                out.int8(delimiter);
            }
            byte[] field = fields[i];
            if (field == null) {
                out.bytes(nullText);
            } else {
                escaped(field, out);
            }
        }
        out.int8('\n').end();
    }

    @Override
    public void finish(MessageOutput out) {}

    private void escaped(byte[] field, MessageOutput out) {
        int from = 0;
        for (int i = 0; i < field.length; i++) {
            byte letter = letter(field[i]);
            if (letter != 0) {
                out.bytes(field, from, i - from).int8('\\').int8(letter);
                from = i + 1;
            }
        }
        out.bytes(field, from, field.length - from);
    }

    /** What follows the backslash; 0 when there is none. */
    private byte letter(byte value) {
        return switch (value) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0b -> 'v';
            default -> value == '\\' || value == delimiter ? value : 0;
        };
    }
}
