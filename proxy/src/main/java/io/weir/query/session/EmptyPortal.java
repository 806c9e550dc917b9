package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.wire.BackendMessage;
import java.util.List;

/** A portal of nothing. */
record EmptyPortal(OpenSession session) implements Portal {
    @Override
    public List<AnswerColumn> columns() {
        return List.of();
    }

    @Override
    public void describe() {
        session.stream().send(new BackendMessage.NoData());
    }

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
