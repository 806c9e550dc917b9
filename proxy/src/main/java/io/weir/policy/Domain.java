package io.weir.policy;

import java.util.List;

/**
 * The declared set of values a column can take: a group below the threshold is shown (with a marker) only if all its keys come from a
 * domain, and then all combinations are shown.
 */
public sealed interface Domain {
    /** Undeclared: groups below the threshold are dropped. */
    record Open() implements Domain {}

    /** Listed in the policy, as texts of the column's type. */
    record Values(List<String> values) implements Domain {
        public Values {
            values = List.copyOf(values);
        }
    }

    /** All values of a column of a reference dataset. */
    record Reference(DatasetName dataset, String column) implements Domain {}
}
