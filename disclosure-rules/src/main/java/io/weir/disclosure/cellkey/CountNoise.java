package io.weir.disclosure.cellkey;

import io.weir.disclosure.cellkey.NoiseDistribution.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What the noise of counts shall be like; {@link #table()} makes the perturbation table. Means are 0, no result is negative, and 0 stays 0. All
 * parameters are confidential.
 *
 * <p>Source: the R package ptable 1.0.0 (Destatis), {@code create_cnt_ptable}, whose parameters these are; there the variance is one of at
 * most V.
 *
 * @param maximum D, the greatest absolute noise, from 1 to 50
 * @param variance V
 * @param blocked js: no positive result is this or less; from 0 to below D
 * @param monotone whether results below the original are the less likely the further away they are
 * @param stay least probability that a count stays as it is, where its own value is not blocked; from 0, for none, to below 1
 */
public record CountNoise(int maximum, NoiseVariance variance, int blocked, boolean monotone, double stay) {
    private static final int GREATEST_MAXIMUM = 50;

    public CountNoise {
        if (maximum < 1 || maximum > GREATEST_MAXIMUM) {
            throw new IllegalArgumentException("The greatest noise lies between 1 and " + GREATEST_MAXIMUM);
        }
        if (blocked < 0 || blocked >= maximum) {
            // Else the least count that is not blocked could only grow, and so, without bias, not change at all.
            throw new IllegalArgumentException("Results are blocked below the greatest noise");
        }
        if (!(stay >= 0 && stay < 1)) {
            throw new IllegalArgumentException("The probability to stay lies from 0 to below 1");
        }
    }

    /** With D, at most V, and js, monotone, without a least probability to stay. */
    public CountNoise(int maximum, double variance, int blocked) {
        this(maximum, NoiseVariance.atMost(variance), blocked, true, 0);
    }

    /**
     * Makes the table.
     *
     * @throws IllegalArgumentException when none fulfils the parameters, mostly because the variance is too small; the message names the count
     */
    public PerturbationTable table() {
        List<NoiseDistribution> distributions = new ArrayList<>();
        distributions.add(new NoiseDistribution(0, List.of(new Outcome(0, 1))));
        int last = blocked == 0 ? maximum : maximum + blocked + 1;
        for (int original = 1; original <= last; original++) {
            List<Double> noises = new ArrayList<>();
            for (int result = Math.max(0, original - maximum); result <= original + maximum; result++) {
                if (result == 0 || result > blocked) {
                    noises.add((double) (result - original));
                }
            }
            distributions.add(Distributions.of(original, noises, variance, monotone, stay));
        }
        return new PerturbationTable(distributions);
    }

    @Override
    public String toString() {
        return "CountNoise[***]";
    }
}
