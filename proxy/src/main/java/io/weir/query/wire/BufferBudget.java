package io.weir.query.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that all connections together may hold of messages that have not been dealt with. Thread-safe. Small messages are not counted: they
 * are bounded by the number of connections, and must get through when large ones have taken everything.
 */
public final class BufferBudget {
    /** Up to this size a message is not counted, in bytes. */
    public static final int FREE = 16 << 10;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit bytes; every take beyond it is refused */
    public BufferBudget(long limit) {
        this.limit = limit;
    }

    /** Exchanges what the caller holds for {@code wanted} bytes. Returns what it holds now; refuses, and takes nothing, when there is no room. */
    public int exchange(int held, int wanted) {
        int counted = wanted <= FREE ? 0 : wanted;
        long now = taken.addAndGet((long) counted - held);
        if (counted > held && now > limit) {
            taken.addAndGet((long) held - counted);
            throw new BuffersFullException();
        }
        return counted;
    }

    /** Bytes taken now. */
    public long taken() {
        return taken.get();
    }
}
