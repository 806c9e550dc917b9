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
    private static final int SMALL = 512;

    private final FrameLimits limits;
    private final BufferBudget budget;
    private byte[] buffer = new byte[SMALL];
    private int counted;
    private int start;
    private int end;
    /** Length of the frame whose header is there: the buffer need not grow beyond it. */
    private int awaited = SMALL;

    private boolean tagged;
    private volatile boolean authenticated;

    /** @param budget what all connections share; {@link #discard} gives this one's part back */
    public FrameReader(FrameLimits limits, BufferBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    public void append(byte[] chunk) {
        if (buffer.length - end < chunk.length) {
            int held = end - start;
            if (buffer.length - held < chunk.length) {
                int size = Math.max(Math.min(2 * held, awaited), held + chunk.length);
                counted = budget.exchange(counted, size);
                byte[] larger = new byte[size];
                System.arraycopy(buffer, start, larger, 0, held);
                buffer = larger;
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
        int limit = authenticated ? limits.of(tag) : limits.beforeAuthentication();
        if (length < (tagged ? 4 : 8)) {
            throw new ProtocolViolationException("invalid message length");
        }
        if (length > limit) {
            throw new ProtocolViolationException("message is longer than the limit of " + limit + " bytes");
        }
        int bodyStart = start + header;
        int bodyEnd = bodyStart + length - 4;
        if (end < bodyEnd) {
            awaited = bodyEnd - start;
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(buffer, bodyStart, bodyEnd);
        start = bodyEnd;
        if (start == end) {
            start = 0;
            end = 0;
            if (buffer.length > BufferBudget.FREE) {
                buffer = new byte[SMALL];
                counted = budget.exchange(counted, 0);
            }
        }
        return Optional.of(new Frame(tag, body));
    }

    /** Forgets all bytes; nothing more is to be read. Repeatable. */
    public void discard() {
        buffer = new byte[0];
        start = 0;
        end = 0;
        counted = budget.exchange(counted, 0);
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
