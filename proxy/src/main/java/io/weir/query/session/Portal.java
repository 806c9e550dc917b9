package io.weir.query.session;

/** Something that can be executed, in one go or by and by. One thread: the session's. */
interface Portal extends Rows {
    /**
     * Sends rows and, at the end, CommandComplete; PortalSuspended when {@code maxRows} came first.
     *
     * @param maxRows 0 for all
     */
    void execute(int maxRows);

    /** Whether it may be executed in a failed transaction: what ends it, and nothing. */
    default boolean endsFailure() {
        return false;
    }
}
