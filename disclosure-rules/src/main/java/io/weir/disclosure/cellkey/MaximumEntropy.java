package io.weir.disclosure.cellkey;

import java.util.Arrays;

/**
 * The distribution of noise with the greatest entropy among those with mean 0, a variance of V or of at most V and, if asked for, a probability
 * that does not fall towards 0 from below.
 *
 * <p>By duality: without an order the logarithms of the probabilities are a quadratic function of the noise; with one they are its isotonic
 * regression on the ordered part. The two coefficients are found by nested bisection, down to neighbouring numbers: the mean grows with the
 * first, and the variance falls with the second. Computed with {@link StrictMath}, so that every machine gets the same table.
 *
 * <p>Source: the R package ptable 1.0.0, which names Giessing (2016), Computational issues in the design of transition probabilities and disclosure
 * risk estimation for additive noise (not opened), for what is asked for. How it is computed is this library's.
 */
final class MaximumEntropy {
    private static final double STEEPEST = 4096;
    private static final double TOLERANCE = 1e-9;

    private final double[] noises;
    private final NoiseVariance variance;
    private final int ordered;
    private final int fixed;
    private final double mass;

    private MaximumEntropy(double[] noises, NoiseVariance variance, int ordered, int fixed, double mass) {
        this.noises = noises;
        this.variance = variance;
        this.ordered = ordered;
        this.fixed = fixed;
        this.mass = mass;
    }

    /**
     * @param noises ascending, some below and some above 0
     * @param variance V, and whether exactly
     * @param monotone whether probabilities may not fall from the least noise up to 0, where 0 is one of the noises
     * @param stay least probability of 0, where 0 is one of the noises
     * @return the probabilities in the order of the noises
     * @throws IllegalArgumentException when no such distribution exists
     */
    static double[] probabilities(double[] noises, NoiseVariance variance, boolean monotone, double stay) {
        int zero = Arrays.binarySearch(noises, 0);
        int ordered = monotone && zero >= 0 ? zero + 1 : 0;
        double[] free = new MaximumEntropy(noises, variance, ordered, -1, 1).solve();
        if (zero < 0 || free[zero] >= stay) {
            return free;
        }
        double[] staying = new MaximumEntropy(noises, variance, Math.max(0, ordered - 1), zero, 1 - stay).solve();
        staying[zero] = stay;
        if (ordered > 1 && staying[zero - 1] > stay + TOLERANCE) {
            throw new IllegalArgumentException(
                    "To stay is too unlikely for probabilities that do not fall towards the original");
        }
        return staying;
    }

    private double[] solve() {
        double[] flat = centred(0);
        if (Math.abs(firstMoment(flat)) > TOLERANCE) {
            throw new IllegalArgumentException("No noise that avoids what is blocked has the mean 0");
        }
        double difference = secondMoment(flat) - variance.value();
        if (difference == 0 || (difference < 0 && !variance.exactly())) {
            return flat;
        }
        // Towards the curvature at which the variance is what it should be; the sign says on which side of it a
        // curvature lies.
        double side = Math.signum(difference);
        double within = 0;
        double beyond = side;
        while (side * (secondMoment(centred(beyond)) - variance.value()) > 0 && Math.abs(beyond) < STEEPEST) {
            beyond *= 2;
        }
        for (double middle = (within + beyond) / 2;
                middle != within && middle != beyond;
                middle = (within + beyond) / 2) {
            if (side * (secondMoment(centred(middle)) - variance.value()) > 0) {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        double[] found = centred(beyond);
        double missed = secondMoment(found) - variance.value();
        if (Math.abs(missed) > TOLERANCE || Math.abs(firstMoment(found)) > TOLERANCE) {
            throw new IllegalArgumentException("The variance is too " + (missed > 0 ? "small" : "large")
                    + " for noise of mean 0 that avoids what is blocked");
        }
        return found;
    }

    /** Probabilities for a curvature, tilted so that the mean is 0. */
    private double[] centred(double curvature) {
        double low = -1;
        double high = 1;
        while (firstMoment(tilted(low, curvature)) > 0) {
            low *= 2;
        }
        while (firstMoment(tilted(high, curvature)) < 0) {
            high *= 2;
        }
        for (double middle = (low + high) / 2; middle != low && middle != high; middle = (low + high) / 2) {
            if (firstMoment(tilted(middle, curvature)) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return tilted((low + high) / 2, curvature);
    }

    private double[] tilted(double tilt, double curvature) {
        double[] logarithms = new double[noises.length];
        for (int j = 0; j < noises.length; j++) {
            logarithms[j] = tilt * noises[j] - curvature * noises[j] * noises[j];
        }
        makeAscending(logarithms, ordered);
        double greatest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < noises.length; j++) {
            greatest = j == fixed ? greatest : Math.max(greatest, logarithms[j]);
        }
        double sum = 0;
        for (int j = 0; j < noises.length; j++) {
            logarithms[j] = j == fixed ? 0 : StrictMath.exp(logarithms[j] - greatest);
            sum += logarithms[j];
        }
        for (int j = 0; j < noises.length; j++) {
            logarithms[j] *= mass / sum;
        }
        return logarithms;
    }

    /** Isotonic regression of the first {@code count} values, by pooling adjacent violators. */
    private static void makeAscending(double[] values, int count) {
        double[] means = new double[count];
        int[] sizes = new int[count];
        int pools = 0;
        for (int i = 0; i < count; i++) {
            double mean = values[i];
            int size = 1;
            while (pools > 0 && means[pools - 1] > mean) {
                pools--;
                mean = (means[pools] * sizes[pools] + mean * size) / (sizes[pools] + size);
                size += sizes[pools];
            }
            means[pools] = mean;
            sizes[pools++] = size;
        }
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            Arrays.fill(values, at, at + sizes[pool], means[pool]);
            at += sizes[pool];
        }
    }

    private double firstMoment(double[] probabilities) {
        double sum = 0;
        for (int j = 0; j < noises.length; j++) {
            sum += noises[j] * probabilities[j];
        }
        return sum;
    }

    private double secondMoment(double[] probabilities) {
        double sum = 0;
        for (int j = 0; j < noises.length; j++) {
            sum += noises[j] * noises[j] * probabilities[j];
        }
        return sum;
    }
}
