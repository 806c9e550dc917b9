package io.weir.disclosure.protection;

import java.util.List;

/** How far the protection of the hidden cells was shown. */
public sealed interface Proof {
    /** Every hidden cell's feasible interval was computed, or in large tables a part of it, and is wide enough. */
    record Audited() implements Proof {}

    /**
     * Some part of the table was too large to audit, or resisted, and was hidden as a whole: nothing in it is left to subtract from.
     *
     * @param notes one sentence per part
     */
    record Conservative(List<String> notes) implements Proof {
        public Conservative {
            notes = List.copyOf(notes);
        }
    }

    /**
     * What was published earlier already gives some cells away; hiding more in this table cannot help. The table must not be answered.
     *
     * @param notes one sentence per cell or part
     */
    record NotProtected(List<String> notes) implements Proof {
        public NotProtected {
            notes = List.copyOf(notes);
        }
    }
}
