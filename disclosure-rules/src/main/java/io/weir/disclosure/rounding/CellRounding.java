package io.weir.disclosure.rounding;

import io.weir.disclosure.cellkey.CellKey;

/**
 * Rounding of each count by itself: margins do not add up. The true ones do, so that a margin can tell more of a cell than the cell's own published
 * count: tables with margins are audited with {@link #known} of every count.
 */
public sealed interface CellRounding extends RoundingMethod
        permits NearestRounding, GraduatedRounding, MidpointRounding, RandomRounding {
    /**
     * The published count.
     *
     * @param count the true one, at least 0; counts that are too small are hidden before
     * @param people the key of the people it counts; only random rounding reads it
     */
    long publish(long count, CellKey people);
}
