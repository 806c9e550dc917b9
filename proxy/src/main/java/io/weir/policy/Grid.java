package io.weir.policy;

import java.math.BigDecimal;
import java.util.List;

/** Where bounds of a range comparison may lie. Equality is ruled by the class of the column, not by the grid. */
public sealed interface Grid {
    /** No ranges at all. */
    record NoRanges() implements Grid {}

    /** First days of the unit. */
    record Dates(DateUnit unit) implements Grid {}

    /** Multiples of the step. */
    record Step(BigDecimal step) implements Grid {}

    /** 1, 2 or 5 times a power of ten, and zero. */
    record OneTwoFive() implements Grid {}

    /** Exactly these bounds, ascending. */
    record Bounds(List<BigDecimal> bounds) implements Grid {
        public Bounds {
            bounds = List.copyOf(bounds);
        }
    }

    /** Hierarchical codes: prefix LIKE from this many characters on; no other range. */
    record CodePrefix(int minimumLength) implements Grid {}
}
