package io.weir.query.wire;

/** All connections together hold as many bytes as they may: this one must close. */
public final class BuffersFullException extends ProtocolViolationException {
    private static final long serialVersionUID = 1L;

    BuffersFullException() {
        super("no room for the message");
    }
}
