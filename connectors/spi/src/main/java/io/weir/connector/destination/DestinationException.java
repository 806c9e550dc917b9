package io.weir.connector.destination;

/** A delivery did not certainly succeed. */
public final class DestinationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Decides between retry, alert and stop. */
    public enum Kind {
        /** Not reachable or failed in passing: try again later. */
        TRANSIENT,
        /** The far side is not who it should be (host key, certificate): stop and alert. */
        IDENTITY,
        /** Credentials or permissions: stop and alert. */
        DENIED,
        /** Other bytes lie under our name, or what was read back differs: stop and alert. */
        CONFLICT
    }

    private final Kind kind;

    public DestinationException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public DestinationException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
