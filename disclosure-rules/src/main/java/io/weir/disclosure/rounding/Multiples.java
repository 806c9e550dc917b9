package io.weir.disclosure.rounding;

import io.weir.disclosure.interval.ExistenceInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Multiples of a base, and the counts nearest to one. */
final class Multiples {
    private Multiples() {}

    static void require(long base) {
        if (base < 1) {
            throw new IllegalArgumentException("The base of rounding is at least 1");
        }
    }

    static void requireCount(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("A count is not negative");
        }
    }

    static void requireMultiple(long published, long base) {
        if (published < 0 || published % base != 0) {
            throw new IllegalArgumentException("No count is published as " + published);
        }
    }

    static long nearest(long count, long base, RoundingMode ties) {
        return BigDecimal.valueOf(count)
                        .divide(BigDecimal.valueOf(base), 0, ties)
                        .longValueExact()
                * base;
    }

    /** The counts whose nearest multiple this is. */
    static ExistenceInterval near(long multiple, long base, RoundingMode ties) {
        long lower = Math.max(0, multiple - base / 2);
        long upper = multiple + base / 2;
        return ExistenceInterval.of(
                nearest(lower, base, ties) == multiple ? lower : lower + 1,
                nearest(upper, base, ties) == multiple ? upper : upper - 1);
    }

    /** The counts of which this is one of the two neighbouring multiples. */
    static ExistenceInterval neighbours(long multiple, long base) {
        return ExistenceInterval.of(Math.max(0, multiple - base + 1), multiple + base - 1);
    }
}
