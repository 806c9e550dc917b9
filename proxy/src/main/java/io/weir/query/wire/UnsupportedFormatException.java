package io.weir.query.wire;

/** A Bind message asks for a format that does not exist. */
public final class UnsupportedFormatException extends UnreadableMessageException {
    private static final long serialVersionUID = 1L;

    UnsupportedFormatException(int code) {
        super("unsupported format code: " + code);
    }
}
