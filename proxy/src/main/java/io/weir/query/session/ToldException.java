package io.weir.query.session;

/**
 * The statement failed, which is recorded, and the client has the error already: the shadow catalogue's own words were relayed.
 */
final class ToldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ToldException() {
        super("relayed error");
    }
}
