package io.weir.disclosure.cellkey;

import io.weir.disclosure.cellkey.NoiseDistribution.Outcome;
import java.util.ArrayList;
import java.util.List;

/** From probabilities to the keys of each noise, in ascending order of the noise. */
final class Distributions {
    private Distributions() {}

    static NoiseDistribution of(
            double original, List<Double> noises, NoiseVariance variance, boolean monotone, double stay) {
        double[] values = noises.stream().mapToDouble(Double::doubleValue).toArray();
        double[] probabilities;
        try {
            probabilities = MaximumEntropy.probabilities(values, variance, monotone, stay);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Original " + original + ": " + e.getMessage(), e);
        }
        List<Outcome> outcomes = new ArrayList<>();
        double end = 0;
        for (int j = 0; j < values.length; j++) {
            end = j == values.length - 1 ? 1 : Math.min(1, end + probabilities[j]);
            outcomes.add(new Outcome(values[j], end));
        }
        return new NoiseDistribution(original, outcomes);
    }
}
