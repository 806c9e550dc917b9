package io.weir.disclosure.derived;

import java.math.BigDecimal;

/** What is published of a derived statistic. */
public sealed interface DerivedValue {
    /** @param value its scale is the number of decimals; negative for tens and more */
    record Shown(BigDecimal value) implements DerivedValue {}

    /** Nothing, and why; the reason is for checkers. */
    record Hidden(Reason reason) implements DerivedValue {}

    /** Why nothing is published. */
    enum Reason {
        /** A part is hidden. */
        HIDDEN_PART,
        /** The published denominator is not positive. */
        NO_DENOMINATOR,
        /** No permitted precision is coarse enough for parts as small as these. */
        PARTS_TOO_SMALL
    }
}
