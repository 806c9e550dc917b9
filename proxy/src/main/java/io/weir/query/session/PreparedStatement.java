package io.weir.query.session;

import io.weir.query.answer.QueryDesk;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.type.SqlType;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Parse message left behind. */
sealed interface PreparedStatement {
    /** Nothing but blanks and comments. */
    record Empty() implements PreparedStatement {}

    /** Answered by the session itself. */
    record Command(SessionStatement statement) implements PreparedStatement {}

    /** Ruled on when it is bound, as PostgreSQL looks into COPY only when it runs. */
    record CopyOut(SessionStatement.Copy statement) implements PreparedStatement {}

    /** Prepared in the shadow catalogue under the same name. */
    record Catalogue(String sql) implements PreparedStatement {}

    /**
     * A DECLARE whose query may have parameters.
     *
     * @param query a {@link Catalogue} that the shadow has not seen yet, or a {@link Question}
     * @param types parameter types as the client gave them
     */
    record Declaration(SessionStatement.Declare declare, PreparedStatement query, List<Integer> types)
            implements PreparedStatement {}

    /** Ruled on by the query road, in the session's time zone of that moment. */
    record Question(QueryDesk.Prepared prepared, String sql, List<@Nullable SqlType> types, ZoneId zone)
            implements PreparedStatement {}
}
