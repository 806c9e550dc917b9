package io.weir.query.wire;

/**
 * The outgoing side of one connection: collects whole messages and hands them on in chunks. Belongs to the session's thread. Calls may
 * block while the client reads slowly: that is the back-pressure.
 */
public final class BackendStream {
    private static final int CHUNK = 128 * 1024;

    /** Where chunks go. May block; throws an unchecked exception when the connection is gone. */
    @FunctionalInterface
    public interface Sink {
        void write(byte[] chunk);
    }

    private final Sink sink;
    private final MessageOutput out = new MessageOutput(1024);

    public BackendStream(Sink sink) {
        this.sink = sink;
    }

    public void send(BackendMessage message) {
        message.encode(out);
        spill();
    }

    /** Passes on bytes that are whole messages already. */
    public void relay(byte[] messages) {
        out.bytes(messages);
        spill();
    }

    /** For rows: write one whole message, then call {@link #spill()}. */
    public MessageOutput output() {
        return out;
    }

    /** Hands on what has gathered when it fills a chunk. */
    public void spill() {
        if (out.size() >= CHUNK) {
            flush();
        }
    }

    /** Hands on everything. */
    public void flush() {
        if (out.size() > 0) {
            sink.write(out.drain());
        }
    }
}
