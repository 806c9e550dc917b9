package io.weir.query.wire.copy;

import io.weir.query.wire.MessageOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code PGCOPY\n\377\r\n\0 | int32 flags 0 | int32 extension length 0}, then a row {@code int16 n | (int32 length or −1 | bytes) × n}, at
 * last {@code int16 −1}. The header shares the message of what follows it, as PostgreSQL sends it.
 */
final class BinaryLayout implements CopyLayout {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private boolean started;

    @Override
    public void start(List<String> labels, MessageOutput out) {}

    @Override
    public void row(byte[] @Nullable [] fields, MessageOutput out) {
        begin(out);
        out.int16(fields.length);
        for (byte[] field : fields) {
            if (field == null) {
                out.int32(-1);
            } else {
                out.int32(field.length).bytes(field);
            }
        }
        out.end();
    }

    @Override
    public void finish(MessageOutput out) {
        begin(out);
        out.int16(-1).end();
    }

    private void begin(MessageOutput out) {
        out.begin('d');
        if (!started) {
            started = true;
            out.bytes(SIGNATURE).int32(0).int32(0);
        }
    }
}
