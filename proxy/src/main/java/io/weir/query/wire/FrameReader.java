package io.weir.query.wire;

import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a byte stream into frames. Not thread-safe: belongs to one connection's event loop, except {@link #authenticated()}.
 *
 * <p>Holds at most one incomplete frame plus the chunk last appended; a frame whose header announces more than the limit is refused
 * before its body is awaited.
 */
public final class FrameReader {
    private final FrameLimits limits;
    private byte[] buffer = new byte[512];
    private int start;
    private int end;
    private boolean tagged;
    private volatile boolean authenticated;

    public FrameReader(FrameLimits limits) {
        this.limits = limits;
    }

    public void append(byte[] chunk) {
        if (buffer.length - end < chunk.length) {
            int held = end - start;
            if (buffer.length - held < chunk.length) {
                buffer = Arrays.copyOf(Arrays.copyOfRange(buffer, start, end), Math.max(2 * held, held + chunk.length));
            } else {
                System.arraycopy(buffer, start, buffer, 0, held);
            }
            start = 0;
            end = held;
        }
        System.arraycopy(chunk, 0, buffer, end, chunk.length);
        end += chunk.length;
    }

    /** The next whole frame, if it has arrived. */
    public Optional<Frame> next() {
        int header = tagged ? 5 : 4;
        if (end - start < header) {
            return Optional.empty();
        }
        char tag = tagged ? (char) (buffer[start] & 0xff) : Frame.STARTUP;
        int length = int32(start + header - 4);
        int limit = authenticated ? limits.afterwards() : limits.beforeAuthentication();
        if (length < (tagged ? 4 : 8)) {
            throw new ProtocolViolationException("invalid message length");
        }
        if (length > limit) {
            throw new ProtocolViolationException("message is longer than the limit of " + limit + " bytes");
        }
        int bodyStart = start + header;
        int bodyEnd = bodyStart + length - 4;
        if (end < bodyEnd) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(buffer, bodyStart, bodyEnd);
        start = bodyEnd;
        if (start == end) {
            start = 0;
            end = 0;
            if (buffer.length > 1 << 16) {
                buffer = new byte[512];
            }
        }
        return Optional.of(new Frame(tag, body));
    }

    /** Whether bytes wait that belong to no frame handed out. */
    public boolean holdsBytes() {
        return end > start;
    }

    /** From the start-up message on every frame has a tag. */
    public void expectTags() {
        tagged = true;
    }

    /** Opens the larger limit. Any thread. */
    public void authenticated() {
        authenticated = true;
    }

    private int int32(int at) {
        return (buffer[at] & 0xff) << 24
                | (buffer[at + 1] & 0xff) << 16
                | (buffer[at + 2] & 0xff) << 8
                | (buffer[at + 3] & 0xff);
    }
}
