package io.weir.disclosure.rounding;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.interval.ExistenceInterval;
import java.math.RoundingMode;

/**
 * Conventional rounding: to the nearest multiple of the base, halves upwards. With a least count that is shown, a positive count never becomes
 * less than the first multiple that reaches it: nothing that is shown looks like something that must be hidden.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, conventional rounding; with a least count the rule of {@link
 * io.weir.disclosure.protection.Rounding}.
 *
 * @param base at least 1; 1 leaves counts as they are
 * @param leastShown the least positive count that is shown, others being hidden; 0 where all are shown and small ones may become 0
 */
public record NearestRounding(long base, long leastShown) implements CellRounding {
    public NearestRounding {
        Multiples.require(base);
        Multiples.requireCount(leastShown);
    }

    /** @throws IllegalArgumentException for a positive count below the least that is shown */
    @Override
    public long publish(long count, CellKey people) {
        Multiples.requireCount(count);
        if (count > 0 && count < leastShown) {
            throw new IllegalArgumentException("The count is below the least that is shown");
        }
        long nearest = Multiples.nearest(count, base, RoundingMode.HALF_UP);
        return count == 0 ? 0 : Math.max(nearest, leastPublished());
    }

    @Override
    public ExistenceInterval known(long published) {
        Multiples.requireMultiple(published, base);
        if (leastShown == 0) {
            return Multiples.near(published, base, RoundingMode.HALF_UP);
        }
        if (published == 0) {
            return ExistenceInterval.of(0, 0);
        }
        if (published < leastPublished()) {
            throw new IllegalArgumentException("No count is published as " + published);
        }
        ExistenceInterval near = Multiples.near(published, base, RoundingMode.HALF_UP);
        long lower = published == leastPublished() ? leastShown : near.lower().longValueExact();
        return ExistenceInterval.of(lower, published + (base - 1) / 2);
    }

    private long leastPublished() {
        return Math.ceilDiv(leastShown, base) * base;
    }
}
