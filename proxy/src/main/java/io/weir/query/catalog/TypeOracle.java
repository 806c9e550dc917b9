package io.weir.query.catalog;

import io.weir.identity.PersonId;
import io.weir.problem.Outcome;
import io.weir.query.answer.Description;
import io.weir.query.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what PostgreSQL would say of a data statement over the governed schema: parameter types, labels, result types. Blocks. */
public interface TypeOracle {
    /**
     * @param person who asks: everybody has a share of what the shadow can do
     * @return a description with PostgreSQL's labels and types and the shadow's table OIDs; or a problem that quotes only the caller's own
     *     statement (syntax error, unknown relation, column or function, types that do not fit), with position
     */
    Outcome<Description> describe(
            PersonId person, GovernedSchema schema, String sql, List<@Nullable SqlType> parameterTypes);
}
