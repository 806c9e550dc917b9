package io.weir.query.wire;

/** Counts, lengths or kinds within a message that do not fit it. */
public final class InvalidMessageException extends UnreadableMessageException {
    private static final long serialVersionUID = 1L;

    InvalidMessageException(String message) {
        super(message);
    }
}
