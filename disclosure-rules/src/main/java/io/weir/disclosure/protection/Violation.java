package io.weir.disclosure.protection;

import java.util.List;

/** Why a pattern of hidden cells does not protect. */
sealed interface Violation {
    /** The cell that it is about. */
    int cell();

    /**
     * A hidden cell, or several together, can be worked out too closely.
     *
     * @param cell the cell
     * @param blocking the relations in which something more should be hidden
     */
    record TooNarrow(int cell, List<Link> blocking) implements Violation {}

    /**
     * The part of the table around this cell could not be audited.
     *
     * @param cell a hidden cell of the part
     */
    record NotAudited(int cell) implements Violation {}
}
