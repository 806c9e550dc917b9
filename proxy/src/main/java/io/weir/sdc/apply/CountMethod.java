package io.weir.sdc.apply;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.cellkey.CountPerturbation;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.rounding.CellRounding;

/** What becomes of counts that are shown. */
public sealed interface CountMethod {
    /** For messages: "rounding to the nearest 5". */
    String words();

    /** What the rules do by themselves: nothing, or rounding to the nearest multiple. */
    record ByTheRules(String words) implements CountMethod {}

    /**
     * Each count of units by itself, after suppression or in its place.
     *
     * @param suppressed whether small counts are hidden first; the audit then takes the others for exact, which is never less careful
     */
    record CellByCell(String words, Change change, boolean suppressed, boolean needsKeys) implements CountMethod {}

    /** One count to another. */
    sealed interface Change {
        long publish(long count, CellKey key);

        /**
         * What a published count leaves possible.
         *
         * @throws IllegalArgumentException when no count is published so
         */
        ExistenceInterval known(long published);
    }

    /** By rounding. */
    record Rounded(CellRounding method) implements Change {
        @Override
        public long publish(long count, CellKey key) {
            return method.publish(count, key);
        }

        @Override
        public ExistenceInterval known(long published) {
            return method.known(published);
        }
    }

    /** By noise. */
    record Noisy(CountPerturbation method) implements Change {
        @Override
        public long publish(long count, CellKey key) {
            return method.publish(count, key);
        }

        @Override
        public ExistenceInterval known(long published) {
            return method.known(published);
        }
    }
}
