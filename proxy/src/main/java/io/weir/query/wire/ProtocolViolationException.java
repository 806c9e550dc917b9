package io.weir.query.wire;

/** The peer broke the protocol or a limit: the connection cannot be understood any more and must close. The message is public. */
public sealed class ProtocolViolationException extends RuntimeException permits BuffersFullException {
    private static final long serialVersionUID = 1L;

    public ProtocolViolationException(String message) {
        super(message);
    }
}
