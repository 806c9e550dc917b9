package io.weir.query.catalog;

import io.weir.identity.PersonId;
import io.weir.problem.Outcome;

/** Decides which road a statement travels. Blocks; safe for any thread. */
public interface StatementClassifier {
    /** Where one statement belongs. */
    enum Kind {
        /** Reads only pg_catalog and information_schema, or nothing at all: the shadow answers it whole. */
        CATALOGUE,
        /** Reads governed relations, or cannot be told: the query road rules on it. */
        DATA
    }

    /**
     * @param person who asks: everybody has a share of what the shadow can do
     * @param sql exactly one statement
     * @return the kind; or a refusal: a statement that mixes catalogue and governed relations is
     *     {@link io.weir.problem.ProblemCode#UNSUPPORTED}
     */
    Outcome<Kind> classify(PersonId person, GovernedSchema schema, String sql);
}
