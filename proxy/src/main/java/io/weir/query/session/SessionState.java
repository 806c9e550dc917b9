package io.weir.query.session;

/** Where a connection stands, as its event loop sees it. Transitions are methods of the states that allow them. */
sealed interface SessionState {
    /**
     * Nothing but requests for encryption, a cancel request or the start-up message is understood.
     *
     * @param gssAsked whether GSS encryption was asked for (and refused) already
     * @param encryption how the connection is protected
     */
    record Negotiating(boolean gssAsked, Encryption encryption) implements SessionState {
        static Negotiating begin() {
            return new Negotiating(false, Encryption.NONE);
        }

        /** At most once, and only in the clear. */
        boolean mayAskGss() {
            return !gssAsked && encryption == Encryption.NONE;
        }

        /** At most once: inside TLS it makes no sense. */
        boolean mayAskTls() {
            return encryption == Encryption.NONE;
        }

        Negotiating gssRefused() {
            return new Negotiating(true, encryption);
        }

        Negotiating encrypted(Encryption how) {
            return new Negotiating(gssAsked, how);
        }

        Serving serving(Inbox inbox) {
            return new Serving(inbox);
        }
    }

    /** The start-up message was heard: every further frame goes to the session's thread, which knows whether the client is authenticated. */
    record Serving(Inbox inbox) implements SessionState {}

    /** Whatever still arrives is dropped. */
    record Closed() implements SessionState {}

    /** How a connection came to be encrypted, if it is. */
    enum Encryption {
        NONE,
        /** after SSLRequest */
        REQUESTED,
        /** from the first byte; ALPN is obligatory then */
        DIRECT
    }
}
