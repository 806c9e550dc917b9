package io.weir.disclosure.history;

import java.util.List;
import java.util.Optional;

/**
 * A fingerprint, and the same as numbers to search with. What is found is proved with the fingerprint, which is exact.
 *
 * <p>Buckets wrap around in a very small unit: they are unwrapped into the largest unit, a power of ten, in which all of them are whole. Where they are too large in it there are no numbers: sums of
 * squares of large amounts, say. Each figure has a unit of its own, so that one that is too large, or has many decimals, is in nobody's way.
 *
 * @param numbers in ten-thousandths, about: cents are exact
 */
record Vector(Fingerprint print, double[] numbers) {
    /** Decimals of the numbers. */
    private static final int DECIMALS = 4;

    /** The largest power of ten of the buckets' own unit. */
    private static final int MOST = 40;

    /** Bits that are free where a bucket has not wrapped around in a unit: where it has, they are as good as drawn. */
    private static final int FREE = 3;

    private static final double ABOUT = 1 + 1e-9;

    /** 5^-s modulo 2^64, by s. */
    private static final long[] INVERSES = inverses();

    private static long[] inverses() {
        long inverseOfFive = 0xCCCC_CCCC_CCCC_CCCDL;
        long[] all = new long[MOST + 1];
        all[0] = 1;
        for (int s = 1; s < all.length; s++) {
            all[s] = all[s - 1] * inverseOfFive;
        }
        return all;
    }

    /** Nothing where the buckets are too large. */
    static Optional<Vector> of(Fingerprint print) {
        for (int scale = Math.min(MOST, print.factorsOfTwo()); scale >= 0; scale--) {
            if (fits(print, scale)) {
                return Optional.of(new Vector(print, numbers(print, scale)));
            }
        }
        return Optional.empty();
    }

    /** @param scale of which power of ten all buckets are wholes, if they have not wrapped around: they are of as many twos */
    private static boolean fits(Fingerprint print, int scale) {
        for (int i = 0; i < Fingerprint.WIDTH; i++) {
            long number = whole(print, i, scale);
            if (Math.abs(number) >>> Long.SIZE - 1 - scale - Math.min(FREE, scale) != 0) {
                return false;
            }
        }
        return true;
    }

    private static double[] numbers(Fingerprint print, int scale) {
        int power = scale + DECIMALS - Fingerprint.DECIMALS;
        double unit = Math.pow(10, Math.abs(power));
        double[] all = new double[Fingerprint.WIDTH];
        for (int i = 0; i < all.length; i++) {
            double whole = whole(print, i, scale);
            all[i] = power < 0 ? whole / unit : whole * unit;
        }
        return all;
    }

    private static long whole(Fingerprint print, int bucket, int scale) {
        return print.bucket(bucket) * INVERSES[scale] >> scale;
    }

    /** Whether each bucket is a part of the other's, but of fewer people than the threshold. */
    boolean isPart(Vector whole, int threshold) {
        int beyond = 0;
        for (int i = 0; i < Fingerprint.WIDTH; i++) {
            double own = numbers[i];
            double of = whole.numbers[i];
            if ((own < 0 ? own < of : own > of) && ++beyond >= threshold) {
                return false;
            }
        }
        return true;
    }

    /** Whether a bucket of a sum is more than another's: sums of doubles are not exact. */
    static boolean isBeyond(double part, double whole) {
        return part < 0 ? part < whole * ABOUT : part > whole * ABOUT;
    }

    /** In how many buckets so many times this is not so many times each of others. */
    int left(int times, List<Integer> coefficients, List<Vector> others) {
        Fingerprint left = print.plus(print, times - 1L);
        for (int t = 0; t < others.size(); t++) {
            left = left.plus(others.get(t).print, -coefficients.get(t).longValue());
        }
        return left.differing(Fingerprint.empty());
    }

    @Override
    public String toString() {
        return "Vector[***]";
    }
}
