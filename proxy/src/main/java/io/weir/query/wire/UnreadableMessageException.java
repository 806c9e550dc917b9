package io.weir.query.wire;

/**
 * A frame came whole and cannot be read as the message that its tag names: an error of this message only, the stream is intact. The message is
 * public and quotes nothing.
 */
public abstract sealed class UnreadableMessageException extends RuntimeException
        permits InvalidMessageException, InvalidTextException, UnsupportedFormatException {
    private static final long serialVersionUID = 1L;

    UnreadableMessageException(String message) {
        super(message);
    }
}
