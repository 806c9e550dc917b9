package io.weir.disclosure.cellkey;

import java.util.List;

/**
 * A perturbation table (p-table): for each original value from 0 the noise by key. The distribution of the greatest original holds for all
 * values above it. Between two originals the noise of both is interpolated. Confidential, with its parameters; the text form prints no number.
 * Immutable, any thread.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, example of a p-table, and chapter 4, look-up step for values that
 * are no whole numbers.
 */
public final class PerturbationTable {
    private final List<NoiseDistribution> distributions;

    /**
     * @param distributions by ascending original; the first is that of 0
     * @throws IllegalArgumentException when they are out of order, or 0 is missing
     */
    public PerturbationTable(List<NoiseDistribution> distributions) {
        this.distributions = List.copyOf(distributions);
        if (distributions.size() < 2 || distributions.getFirst().original() != 0) {
            throw new IllegalArgumentException("A perturbation table begins with 0 and has one more original");
        }
        for (int i = 1; i < distributions.size(); i++) {
            if (!(distributions.get(i - 1).original() < distributions.get(i).original())) {
                throw new IllegalArgumentException("The originals of a perturbation table ascend");
            }
        }
    }

    public List<NoiseDistribution> distributions() {
        return distributions;
    }

    /**
     * The noise of a value, interpolated between its neighbours among the originals.
     *
     * @throws IllegalArgumentException for a negative value
     */
    public double noise(double value, CellKey key) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("A value to look up is not negative");
        }
        int above = 0;
        while (above < distributions.size() && distributions.get(above).original() < value) {
            above++;
        }
        if (above == distributions.size()) {
            return distributions.getLast().noise(key);
        }
        NoiseDistribution upper = distributions.get(above);
        if (upper.original() == value) {
            return upper.noise(key);
        }
        NoiseDistribution lower = distributions.get(above - 1);
        double share = (value - lower.original()) / (upper.original() - lower.original());
        return (1 - share) * lower.noise(key) + share * upper.noise(key);
    }

    /** Whether the noise of every original has the mean 0, up to {@code tolerance}. */
    public boolean isUnbiased(double tolerance) {
        return distributions.stream().allMatch(distribution -> Math.abs(distribution.mean()) <= tolerance);
    }

    /** The greatest absolute noise of any original: D. */
    public double greatestNoise() {
        return distributions.stream()
                .mapToDouble(NoiseDistribution::greatestNoise)
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return "PerturbationTable[***]";
    }
}
