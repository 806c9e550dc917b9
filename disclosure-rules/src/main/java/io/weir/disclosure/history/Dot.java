package io.weir.disclosure.history;

/** Arrays of numbers as vectors. */
final class Dot {
    private Dot() {}

    /** {@code from - factor * what}, in place. */
    static void take(double[] from, double factor, double[] what) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * what[i];
        }
    }

    /** The scalar product, in four sums that do not wait for each other.
     *
     * @return the product of two arrays of one length, a multiple of four
     */
    static double of(double[] a, double[] b) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (int i = 0; i < a.length; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        return first + second + (third + fourth);
    }
}
