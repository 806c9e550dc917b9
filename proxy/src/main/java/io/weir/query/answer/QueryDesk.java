package io.weir.query.answer;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.query.type.SqlType;
import io.weir.query.type.ValueForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door of the query road, as sessions, the web API and the release road see it. Implemented by {@code QueryRoad}. All calls block
 * and run on the caller's (virtual) thread; interrupting that thread cancels the work, at the source too.
 */
public interface QueryDesk {
    /**
     * Structural ruling of one statement: what Parse needs. Does not touch a source.
     *
     * @param parameterTypes declared types of $1…; an entry is null where the client left it open; may be shorter than the statement needs
     */
    Outcome<Prepared> prepare(Asker asker, String sql, List<@Nullable SqlType> parameterTypes, QueryOptions options);

    /** Runs a statement without parameters and freezes its protected result for a release request, under the agreement's release profile. */
    Outcome<FrozenAnswer> freeze(Asker asker, String sql);

    /** A statement that was ruled on and can be bound many times. Immutable; safe to share between threads. */
    interface Prepared {
        Description description();

        /** Whether executing it changes something that outlives the session's transaction and cannot be rolled back: a CALL. */
        default boolean isCall() {
            return false;
        }

        /** Value ruling and execution with these parameters (Java classes of {@link SqlType}). */
        Outcome<Answer> execute(List<@Nullable Object> parameters);

        /**
         * The same for a receiver that takes values in other forms, too.
         *
         * @param forms one for each column of {@link #description}; none is {@link ValueForm#VALUE} for all
         */
        default Outcome<Answer> execute(List<@Nullable Object> parameters, List<ValueForm> forms) {
            return execute(parameters);
        }
    }
}
