package io.weir.query.answer;

import io.weir.query.type.SqlType;
import java.util.List;

/**
 * What Describe says of a prepared statement.
 *
 * @param parameters types of $1, $2, …
 * @param columns columns of the result; empty when the statement returns none
 */
public record Description(List<SqlType> parameters, List<AnswerColumn> columns) {
    public Description {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }
}
