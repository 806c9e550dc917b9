package io.weir.query.session;

import io.weir.query.wire.BackendMessage;

/** A portal of nothing. */
record EmptyPortal(OpenSession session) implements RowlessPortal {
    @Override
    public void execute(int maxRows) {
        session.stream().send(new BackendMessage.EmptyQueryResponse());
    }

    @Override
    public boolean endsFailure() {
        return true;
    }

    @Override
    public void close() {}
}
