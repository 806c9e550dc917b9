package io.weir.disclosure.cellkey;

import io.weir.disclosure.interval.ExistenceInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums with noise by cell key, as large as the largest contributions. For each of the K largest contributions x in turn the magnifier is
 * {@code m(x) · ε · |x|}; the noise is looked up at the value divided by the magnifier, multiplied by it and added. So the
 * noise of a sum that one contributor dominates is as uncertain as a share of that contribution, and a sum of many small ones hardly changes. A
 * value never changes its sign, and 0 stays 0. Immutable, any thread.
 *
 * <p>The sum is published as the nearest multiple of a step. There are few noises, and every one of them leads back from an unrounded sum to one true
 * value; if true values are whole, most of these are not, and what remains is the truth. The step must leave several true values to each noise.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 4, cell key method for magnitude tables, for one contribution and the
 * interpolation; the R package cellKey 1.0.2, which names Giessing and Tent (2019; not opened), for several, {@code ε} and the multipliers. Where
 * the package's documentation leaves something open this is what is done here: {@code ε} weights every contribution, also those below the flex
 * point; keys of the further contributions are mixed anew and not rotated by a digit. Not here, because only the package's code says what they do
 * exactly: extra protection of sensitive cells ({@code mu_c}) and tables for very small cells. Tables for even and odd numbers of contributors are
 * two of these, of which the caller takes one by {@link CellKey#units}.
 */
public final class MagnitudePerturbation {
    private static final int MOST_CONTRIBUTIONS = 6;

    private final PerturbationTable table;
    private final Multiplier multiplier;
    private final List<Double> weights;
    private final boolean sameKey;
    private final BigDecimal step;

    /**
     * @param table in units of the magnifier, as {@link MagnitudeNoise} makes them
     * @param multiplier m
     * @param weights {@code ε} of each of the K largest contributions: 1 first, not ascending, not negative; K is 1 to 6
     * @param sameKey whether the largest contribution's noise is looked up with the cell's own key. A count of the same people, perturbed with
     *     that key, then tells about the noise of the sum; false wherever both are published
     * @param step of published sums, positive: several times the unit of true ones
     */
    public MagnitudePerturbation(
            PerturbationTable table, Multiplier multiplier, List<Double> weights, boolean sameKey, BigDecimal step) {
        this.table = table;
        this.multiplier = multiplier;
        this.weights = List.copyOf(weights);
        this.sameKey = sameKey;
        this.step = step;
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("The step of published sums is positive");
        }
        if (weights.isEmpty() || weights.size() > MOST_CONTRIBUTIONS || weights.getFirst() != 1) {
            throw new IllegalArgumentException(
                    "One to " + MOST_CONTRIBUTIONS + " contributions have weights, the first 1");
        }
        for (int i = 1; i < weights.size(); i++) {
            if (!(weights.get(i) >= 0 && weights.get(i) <= weights.get(i - 1))) {
                throw new IllegalArgumentException("The weights of contributions do not ascend and are not negative");
            }
        }
    }

    /**
     * The published sum.
     *
     * @param sum the true one
     * @param largest the largest contributions of units in descending absolute order; those beyond K are not used. Fewer than K only if the cell
     *     has fewer units
     * @param key of the units that contribute
     * @throws IllegalArgumentException when the contributions are out of order, not as many as K and the units allow, or too small to make up the
     *     sum: such a sum would get too little noise, or none
     */
    public BigDecimal publish(BigDecimal sum, List<BigDecimal> largest, CellKey key) {
        List<Double> magnifiers = magnifiers(largest, key);
        BigDecimal most = largest.isEmpty()
                ? BigDecimal.ZERO
                : largest.getFirst().abs().multiply(BigDecimal.valueOf(key.units()));
        if (sum.abs().compareTo(most) > 0) {
            throw new IllegalArgumentException("The contributions are too small for the sum");
        }
        double value = sum.doubleValue();
        for (int place = 0; place < magnifiers.size() && value != 0; place++) {
            double magnifier = magnifiers.get(place);
            if (magnifier > 0) {
                CellKey own = place == 0 && sameKey ? key : key.derived(place + 1);
                double noise = table.noise(Math.abs(value) / magnifier, own);
                // The table lets no value fall below 0; only an error of rounding could.
                double changed = Math.max(0, Math.abs(value) + magnifier * noise);
                value = Math.copySign(changed, value);
            }
        }
        return BigDecimal.valueOf(value).divide(step, 0, RoundingMode.HALF_UP).multiply(step);
    }

    /**
     * What a published sum leaves possible, for somebody who knows the table and even the largest contributions, but not the key: as far as the
     * noise and half a step reach. Nobody outside knows as much.
     */
    public ExistenceInterval known(BigDecimal published, List<BigDecimal> largest, CellKey key) {
        double reach = magnifiers(largest, key).stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()
                * table.greatestNoise();
        BigDecimal width = BigDecimal.valueOf(reach).add(step.divide(BigDecimal.TWO));
        return new ExistenceInterval(published.subtract(width), published.add(width));
    }

    private List<Double> magnifiers(List<BigDecimal> largest, CellKey key) {
        if (largest.size() < Math.min(weights.size(), key.units()) || largest.size() > key.units()) {
            throw new IllegalArgumentException("The largest contributions are not of the units of the key");
        }
        List<Double> magnifiers = new ArrayList<>();
        for (int place = 0; place < Math.min(weights.size(), largest.size()); place++) {
            double contribution = Math.abs(largest.get(place).doubleValue());
            if (place > 0 && contribution > Math.abs(largest.get(place - 1).doubleValue())) {
                throw new IllegalArgumentException("The largest contribution stands first");
            }
            magnifiers.add(contribution == 0 ? 0 : multiplier.of(contribution) * weights.get(place) * contribution);
        }
        return magnifiers;
    }
}
