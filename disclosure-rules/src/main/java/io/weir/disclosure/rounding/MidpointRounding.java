package io.weir.disclosure.rounding;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.interval.ExistenceInterval;

/**
 * Midpoint rounding: 0 stays, and each run of as many positive counts as the base becomes its midpoint: with 6, 1 to 6 become 3, 7 to 12 become
 * 9. Nothing is hidden, every positive count stays positive, and the mean of a run is its midpoint but for a half where the base is even.
 *
 * <p>Source: OpenSAFELY documentation, docs/outputs/sdc.md, "Midpoint 6 rounding".
 *
 * @param base at least 2; 6 with OpenSAFELY
 */
public record MidpointRounding(long base) implements CellRounding {
    public MidpointRounding {
        if (base < 2) {
            throw new IllegalArgumentException("Midpoint rounding needs a base of at least 2");
        }
    }

    @Override
    public long publish(long count, CellKey people) {
        Multiples.requireCount(count);
        return count == 0 ? 0 : Math.ceilDiv(count, base) * base - base / 2;
    }

    @Override
    public ExistenceInterval known(long published) {
        if (published == 0) {
            return ExistenceInterval.of(0, 0);
        }
        long greatest = published + base / 2;
        Multiples.requireMultiple(greatest, base);
        if (greatest == 0) {
            throw new IllegalArgumentException("No count is published as " + published);
        }
        return ExistenceInterval.of(greatest - base + 1, greatest);
    }
}
