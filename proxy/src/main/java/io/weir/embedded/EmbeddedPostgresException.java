package io.weir.embedded;

import org.jspecify.annotations.Nullable;

/** A cluster of our own cannot be unpacked, started or used. The message tells the operator what to do. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
