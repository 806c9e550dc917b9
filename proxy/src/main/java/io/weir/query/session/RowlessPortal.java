package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.wire.BackendMessage;
import java.util.List;

/** A portal that has no rows to describe. */
interface RowlessPortal extends Portal {
    OpenSession session();

    @Override
    default List<AnswerColumn> columns() {
        return List.of();
    }

    @Override
    default void describe() {
        session().stream().send(new BackendMessage.NoData());
    }
}
