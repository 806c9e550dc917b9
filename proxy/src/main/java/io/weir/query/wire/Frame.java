package io.weir.query.wire;

/**
 * One frame as cut from the stream, not yet understood.
 *
 * <pre>
 * tagged:   byte1 tag | int32 length (itself included) | body
 * start-up:            int32 length (itself included) | body
 * </pre>
 *
 * @param tag message type, or {@link #STARTUP} for the frames without one
 * @param body what follows the length; owned by the receiver
 */
public record Frame(char tag, byte[] body) {
    /** The tag of frames that have none. */
    public static final char STARTUP = 0;

    /** The frame as it came, for relaying. */
    public byte[] bytes() {
        MessageOutput out = new MessageOutput(body.length + 5);
        if (tag == STARTUP) {
            return out.int32(body.length + 4).bytes(body).drain();
        }
        out.begin(tag).bytes(body).end();
        return out.drain();
    }
}
