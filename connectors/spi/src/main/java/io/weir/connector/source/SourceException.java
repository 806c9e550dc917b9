package io.weir.connector.source;

/** A source did not do as asked. The message and cause may quote the source: log only, never a client. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened, for the proxy's decision. */
    public enum Kind {
        /** No connection could be had in time. */
        UNAVAILABLE,
        /** All connections that the asker may use stayed in use; the source itself may be well. */
        BUSY,
        /** The statement ran into its time-out. */
        TIME_OUT,
        /** The caller was interrupted. */
        CANCELLED,
        /** The source refused or failed the statement. */
        FAILED
    }

    private final Kind kind;

    public SourceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public SourceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
