package io.weir.policy;

import java.time.LocalDate;
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

    /**
     * The days of a period. A record with a day outside it does not exist for analysts, whether or not they use the column, so that it
     * neither counts nor can be told apart.
     *
     * @param from first day
     * @param until the day after the last
     */
    record Period(LocalDate from, LocalDate until) implements Domain {}

    /** All values of a column of a reference dataset. */
    record Reference(DatasetName dataset, String column) implements Domain {}
}
