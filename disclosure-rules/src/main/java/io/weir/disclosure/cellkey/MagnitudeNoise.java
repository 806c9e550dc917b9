package io.weir.disclosure.cellkey;

import io.weir.disclosure.cellkey.NoiseDistribution.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What the noise of magnitudes shall be like, in units of {@link MagnitudePerturbation}'s magnifier; {@link #table()} makes the perturbation
 * table. Means are 0 and no result is negative. All parameters are confidential.
 *
 * <p>Source: the R package ptable 1.0.0 (Destatis), {@code create_num_ptable}, whose parameters these are.
 *
 * @param maximum D, the greatest absolute noise, at least 2
 * @param variance V
 * @param steps how many noises there are to a unit, at least 1
 * @param originals between which noise is interpolated: ascending, from 1 to D
 */
public record MagnitudeNoise(int maximum, NoiseVariance variance, int steps, List<Integer> originals) {
    private static final int MOST_NOISES = 50;

    public MagnitudeNoise {
        originals = List.copyOf(originals);
        if (maximum < 2 || steps < 1 || (long) maximum * steps >= MOST_NOISES) {
            throw new IllegalArgumentException(
                    "The greatest noise is at least 2, there is a step, and both multiplied stay below " + MOST_NOISES);
        }
        if (originals.size() < 2 || originals.getFirst() != 1 || originals.getLast() != maximum) {
            throw new IllegalArgumentException("The originals go from 1 to the greatest noise");
        }
    }

    /** With a variance of at most {@code variance}. */
    public MagnitudeNoise(int maximum, double variance, int steps, List<Integer> originals) {
        this(maximum, NoiseVariance.atMost(variance), steps, originals);
    }

    /** @throws IllegalArgumentException when no table fulfils the parameters */
    public PerturbationTable table() {
        List<NoiseDistribution> distributions = new ArrayList<>();
        distributions.add(new NoiseDistribution(0, List.of(new Outcome(0, 1))));
        for (int original : originals) {
            List<Double> noises = new ArrayList<>();
            for (int step = -Math.min(original, maximum) * steps; step <= maximum * steps; step++) {
                noises.add((double) step / steps);
            }
            distributions.add(Distributions.of(original, noises, variance, true, 0));
        }
        return new PerturbationTable(distributions);
    }

    @Override
    public String toString() {
        return "MagnitudeNoise[***]";
    }
}
