package io.weir.disclosure.rounding;

import io.weir.disclosure.interval.ExistenceInterval;

/** A way to round counts: cell by cell, or a table as a whole so that it adds up. Immutable, any thread. */
public sealed interface RoundingMethod permits CellRounding, ControlledRounding {
    /**
     * The true counts that a published one leaves possible, for somebody who knows the method and its base. Exactly those from which it can
     * have come: the interval auditor relies on both ends.
     *
     * @throws IllegalArgumentException when no count is published so
     */
    ExistenceInterval known(long published);
}
