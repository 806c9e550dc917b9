package io.weir.query.parse;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door of this package: SQL text to a validated tree. Thread-safe. */
public final class SqlFrontEnd {
    /**
     * @param sql one statement of PostgreSQL's dialect: SELECT, WITH, VALUES or TABLE
     * @param parameterTypes types of $1, $2 … as far as the client named them; may be shorter than the parameters used
     */
    public Outcome<ParsedQuery> parse(String sql, GovernedSchema schema, List<@Nullable SqlType> parameterTypes) {
        return Outcome.refused(Problem.of(ProblemCode.UNSUPPORTED));
    }
}
