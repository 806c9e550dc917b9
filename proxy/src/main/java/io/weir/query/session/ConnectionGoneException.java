package io.weir.query.session;

/** The client left, or was sent away: nobody is there to answer. */
final class ConnectionGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionGoneException() {
        super("the client is gone");
    }
}
