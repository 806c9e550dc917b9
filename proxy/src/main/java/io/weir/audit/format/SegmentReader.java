package io.weir.audit.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a segment into lines, with bounded memory. Not thread-safe; the caller closes the stream.
 */
public final class SegmentReader {
    private final InputStream in;
    private final byte[] buffer = new byte[2 * SegmentLine.MAX_BYTES];
    private int start;
    private int end;
    private long offset;

    public SegmentReader(InputStream in) {
        this.in = in;
    }

    /** What stands at one place of the file. */
    public sealed interface Piece {
        /** Position of its first byte in the file. */
        long offset();
    }

    /** Bytes up to an LF, without it. */
    public record Line(long offset, byte[] bytes) implements Piece {}

    /** The last bytes, without an LF: what a torn write leaves. */
    public record Unfinished(long offset, byte[] bytes) implements Piece {}

    /** More bytes without an LF than any line has; the reader stops here. */
    public record Overlong(long offset) implements Piece {}

    /** The next piece, or null at the end. */
    public @Nullable Piece next() throws IOException {
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    Line line = new Line(offset, Arrays.copyOfRange(buffer, start, i));
                    offset += i + 1L - start;
                    start = i + 1;
                    return line;
                }
            }
            if (end - start >= SegmentLine.MAX_BYTES) {
                return new Overlong(offset);
            }
            scanned = end - start;
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return rest();
            }
            end += read;
        }
    }

    private @Nullable Piece rest() {
        if (start == end) {
            return null;
        }
        Unfinished rest = new Unfinished(offset, Arrays.copyOfRange(buffer, start, end));
        offset += end - (long) start;
        start = end;
        return rest;
    }
}
