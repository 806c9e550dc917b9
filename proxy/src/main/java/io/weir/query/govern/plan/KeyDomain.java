package io.weir.query.govern.plan;

import io.weir.policy.DatasetName;
import java.util.List;
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

    /** All values of a column of a reference dataset; resolved before protection. */
    record FromReference(
            DatasetName dataset,
            String column,
            boolean withNull,
            @Nullable Expr restriction) implements KeyDomain {}
}
