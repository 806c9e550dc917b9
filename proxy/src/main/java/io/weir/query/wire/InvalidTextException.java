package io.weir.query.wire;

/** A text within a message that is not UTF-8. */
public final class InvalidTextException extends UnreadableMessageException {
    private static final long serialVersionUID = 1L;

    InvalidTextException() {
        super("invalid byte sequence for encoding \"UTF8\"");
    }
}
