package io.weir.disclosure.rounding;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.interval.ExistenceInterval;

/**
 * Unbiased random rounding to one of the two neighbouring multiples, upwards with the probability remainder / base; multiples stay. Chance is the
 * key of the cell's people: the same people are always rounded the same way, whatever the question, the source or its order, so that asking again
 * tells nothing. Different groups are rounded independently, so that averaging over many groups does.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, random rounding; the key in place of a random number as in Fraser and
 * Wooton (2005), as the Handbook tells of it.
 *
 * @param base at least 2; 3 or 5 is usual
 */
public record RandomRounding(long base) implements CellRounding {
    public RandomRounding {
        if (base < 2) {
            throw new IllegalArgumentException("Random rounding needs a base of at least 2");
        }
    }

    /** @throws IllegalArgumentException when the key is not of the people that are counted */
    @Override
    public long publish(long count, CellKey people) {
        people.requireCountedBy(count);
        long remainder = count % base;
        boolean up = people.fraction() < (double) remainder / base;
        return count - remainder + (up ? base : 0);
    }

    @Override
    public ExistenceInterval known(long published) {
        Multiples.requireMultiple(published, base);
        return Multiples.neighbours(published, base);
    }
}
