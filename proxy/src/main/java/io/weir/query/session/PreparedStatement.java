package io.weir.query.session;

import io.weir.query.answer.QueryDesk;
import io.weir.query.session.statement.SessionStatement;

/** What a Parse message left behind. */
sealed interface PreparedStatement {
    /** Nothing but blanks and comments. */
    record Empty() implements PreparedStatement {}

    /** Answered by the session itself. */
    record Command(SessionStatement statement) implements PreparedStatement {}

    /** Prepared in the shadow catalogue under the same name. */
    record Catalogue(String sql) implements PreparedStatement {}

    /** Ruled on by the query road. */
    record Question(QueryDesk.Prepared prepared) implements PreparedStatement {}
}
