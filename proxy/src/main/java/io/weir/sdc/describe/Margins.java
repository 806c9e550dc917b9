package io.weir.sdc.describe;

import java.util.List;

/** Which margins the table has. */
public sealed interface Margins {
    /** Those whose rows stand in the file, by the codes of totals. */
    record Given() implements Margins {}

    /** All of them, computed. */
    record All() implements Margins {}

    /** None: the finest cells only. */
    record None() implements Margins {}

    /**
     * Some, computed.
     *
     * @param columns for each margin the columns that it keeps; the empty list is the grand total
     */
    record Some(List<List<String>> columns) implements Margins {
        public Some {
            columns = List.copyOf(columns);
        }
    }
}
