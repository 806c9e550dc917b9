package io.weir.query.govern.plan;

import io.weir.policy.DatasetName;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the values of a group key are public beforehand. */
public sealed interface KeyDomain {
    /** They are not: groups below the threshold are dropped. */
    record Open() implements KeyDomain {}

    /** Exactly these values (Java class of the key's type), and NULL if {@code withNull}. */
    record Listed(List<Object> values, boolean withNull) implements KeyDomain {
        public Listed {
            values = List.copyOf(values);
        }
    }

    /**
     * All values of a column of a reference dataset; resolved before protection.
     *
     * @param withNull whether the key can also be NULL
     * @param restriction what the statement asks of the values; always() when nothing
     * @param alias the joined relation whose column the key is: keys of one alias take the combinations that occur in it, and the restriction
     *     is on its columns. Null when the key is a column of another relation whose values the reference declares: the restriction is on
     *     the key then
     */
    record FromReference(
            DatasetName dataset,
            String column,
            boolean withNull,
            Expr restriction,
            @Nullable String alias) implements KeyDomain {}

    /** Whether a condition holds for values that are known without the source. */
    static boolean holds(Expr condition, Function<Expr.Column, @Nullable Object> values) {
        return Boolean.TRUE.equals(Evaluator.evaluate(condition, new Evaluator.Row() {
            @Override
            public @Nullable Object column(Expr.Column column) {
                return values.apply(column);
            }

            @Override
            public @Nullable Object scalar(Expr.Scalar scalar) {
                throw new IllegalStateException("a condition on a key has a sub-query");
            }
        }));
    }
}
