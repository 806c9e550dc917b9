package io.weir.demo.data;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** Draws an index with a probability in proportion to its weight. Immutable. */
final class Weighted {
    private final double[] cumulative;

    private Weighted(double[] cumulative) {
        this.cumulative = cumulative;
    }

    static Weighted of(int count, IntToDoubleFunction weight) {
        double[] cumulative = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weight.applyAsDouble(i);
            cumulative[i] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("nothing to draw from");
        }
        return new Weighted(cumulative);
    }

    /** Zipf's law: the i-th is drawn with a weight of 1 / (i + 1)^exponent. */
    static Weighted zipf(int count, double exponent) {
        return of(count, i -> StrictMath.pow(i + 1, -exponent));
    }

    int draw(RandomGenerator random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        int index = found >= 0 ? found + 1 : -found - 1;
        return Math.min(index, cumulative.length - 1);
    }
}
