package io.weir.query.wire;

/** A Bind message asks for a format that does not exist: an error of this message only, the stream is intact. The message is public. */
public final class UnsupportedFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedFormatException(int code) {
        super("unsupported format code: " + code);
    }
}
