package io.weir.disclosure.cellkey;

import io.weir.disclosure.interval.ExistenceInterval;

/**
 * Counts with noise by cell key. The noise follows from the people of the cell and their number alone. Immutable, any thread.
 *
 * <p>For counts of people. A count of records may be perturbed as well, but noise of a few hardly hides a person with many records:
 * {@link MagnitudePerturbation} is for those.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, cell key method. A key at the border of two noises belongs to the
 * upper one, as in the R package cellKey; the Handbook gives it to the lower one.
 */
public final class CountPerturbation {
    private final PerturbationTable table;

    /** @throws IllegalArgumentException when the table is not one of counts: originals 0, 1, 2 … without a gap, and whole noise */
    public CountPerturbation(PerturbationTable table) {
        this.table = table;
        for (int i = 0; i < table.distributions().size(); i++) {
            NoiseDistribution distribution = table.distributions().get(i);
            if (distribution.original() != i
                    || distribution.outcomes().stream()
                            .anyMatch(outcome -> outcome.noise() != Math.rint(outcome.noise()))) {
                throw new IllegalArgumentException("A table for counts has every count from 0, and whole noise");
            }
        }
    }

    /**
     * The published count.
     *
     * @param count the true one
     * @param key of the people that it counts
     * @throws IllegalArgumentException when the key is of more people than are counted, or only one of both is of nobody
     */
    public long publish(long count, CellKey key) {
        key.requireCountedBy(count);
        return count + (long) of(count).noise(key);
    }

    /**
     * What a published count leaves possible, for somebody who knows the table.
     *
     * @throws IllegalArgumentException when no count is published so
     */
    public ExistenceInterval known(long published) {
        long reach = (long) table.greatestNoise();
        long least = -1;
        long greatest = -1;
        for (long count = Math.max(0, published - reach); count <= published + reach; count++) {
            if (of(count).probability((double) (published - count)) > 0) {
                least = least < 0 ? count : least;
                greatest = count;
            }
        }
        if (least < 0) {
            throw new IllegalArgumentException("No count is published as " + published);
        }
        return ExistenceInterval.of(least, greatest);
    }

    private NoiseDistribution of(long count) {
        int last = table.distributions().size() - 1;
        return table.distributions().get((int) Math.min(count, last));
    }
}
