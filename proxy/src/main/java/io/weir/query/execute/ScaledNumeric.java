package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A numeric as the source's own bytes with as many decimals as were announced: a source that calculates does not keep a column's scale. A number
 * with more decimals is taken as its value, to be rounded.
 *
 * @param scale decimals, 0 or more
 * @param binary {@code int16 ndigits, int16 weight, uint16 sign, uint16 dscale, …} (numeric.c numeric_send), where decimals that are shown are
 *     only counted; otherwise text, where they are written
 */
record ScaledNumeric(int scale, boolean binary) implements ColumnTaker {
    private static final int DSCALE = 6;

    @Override
    public @Nullable Object take(RowStream stream, int column) throws SourceException {
        byte[] bytes = stream.bytes(column);
        if (bytes == null) {
            return null;
        }
        byte[] scaled = binary ? binary(bytes) : text(bytes);
        return scaled == null ? stream.value(column) : scaled;
    }

    private byte @Nullable [] binary(byte[] bytes) {
        int shown = (bytes[DSCALE] & 0xff) << 8 | bytes[DSCALE + 1] & 0xff;
        if (shown > scale) {
            return null;
        }
        bytes[DSCALE] = (byte) (scale >> 8);
        bytes[DSCALE + 1] = (byte) scale;
        return bytes;
    }

    private byte @Nullable [] text(byte[] bytes) {
        int point = bytes.length;
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '.') {
                point = i;
                break;
            }
        }
        int shown = Math.max(0, bytes.length - point - 1);
        if (shown >= scale) {
            return shown == scale ? bytes : null;
        }
        byte[] longer = Arrays.copyOf(bytes, point + 1 + scale);
        longer[point] = '.';
        Arrays.fill(longer, Math.max(bytes.length, point + 1), longer.length, (byte) '0');
        return longer;
    }
}
