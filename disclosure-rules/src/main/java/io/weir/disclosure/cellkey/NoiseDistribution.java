package io.weir.disclosure.cellkey;

import java.util.List;

/**
 * The noise that one original value may get, and the part of the keys that gets each: one value of {@code i} of a perturbation table, with its
 * rows. Confidential; the text form prints no number.
 *
 * @param original the original value, at least 0
 * @param outcomes noises in the order of their keys
 */
public record NoiseDistribution(double original, List<Outcome> outcomes) {
    /**
     * @param noise what is added ({@code v})
     * @param upTo where its keys end ({@code p_int_ub}): those from the end of the one before to below this
     */
    public record Outcome(double noise, double upTo) {
        @Override
        public String toString() {
            return "Outcome[***]";
        }
    }

    public NoiseDistribution {
        outcomes = List.copyOf(outcomes);
        if (!(original >= 0) || Double.isInfinite(original) || outcomes.isEmpty()) {
            throw new IllegalArgumentException("A distribution of noise has an original of at least 0 and outcomes");
        }
        double end = 0;
        for (Outcome outcome : outcomes) {
            if (!(outcome.upTo >= end) || !(original + outcome.noise >= 0)) {
                throw new IllegalArgumentException(
                        "Keys ascend and no result is negative; original " + original + " breaks that");
            }
            end = outcome.upTo;
        }
        if (end != 1) {
            throw new IllegalArgumentException("The keys of original " + original + " do not end at 1");
        }
        if (outcomes.stream().mapToDouble(Outcome::noise).distinct().count() != outcomes.size()) {
            throw new IllegalArgumentException("A noise of original " + original + " stands twice");
        }
    }

    /** The noise for a key. */
    public double noise(CellKey key) {
        double fraction = key.fraction();
        for (Outcome outcome : outcomes) {
            if (fraction < outcome.upTo) {
                return outcome.noise;
            }
        }
        throw new IllegalStateException("A key is below 1, and the last outcome ends there");
    }

    /** The probability of a noise; 0 for one that cannot occur. */
    public double probability(double noise) {
        double start = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.noise == noise) {
                return outcome.upTo - start;
            }
            start = outcome.upTo;
        }
        return 0;
    }

    /** The bias: 0 for a table that is unbiased. */
    public double mean() {
        return moment(1);
    }

    /** Variance about 0, as perturbation tables give it. */
    public double variance() {
        return moment(2);
    }

    /** The greatest absolute noise that can occur. */
    public double greatestNoise() {
        return outcomes.stream()
                .mapToDouble(Outcome::noise)
                .filter(noise -> probability(noise) > 0)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    private double moment(int power) {
        double sum = 0;
        double start = 0;
        for (Outcome outcome : outcomes) {
            sum += (outcome.upTo - start) * (power == 1 ? outcome.noise : outcome.noise * outcome.noise);
            start = outcome.upTo;
        }
        return sum;
    }

    @Override
    public String toString() {
        return "NoiseDistribution[***]";
    }
}
