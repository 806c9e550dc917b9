package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fingerprints of one measure as numbers to calculate with. Buckets of amounts wrap around in a very small unit: they are unwrapped into the largest
 * unit, a power of ten, in which all of them are whole. Where they are too large in it, there are no numbers. Not thread-safe.
 */
final class Columns {
    /** So large that doubles still tell wholes apart when some dozens of them are added up. */
    private static final long MOST = 1L << 44;

    private static final int NONE = -1;

    /** 5^-s modulo 2^64, by s. */
    private static final long[] INVERSES = inverses();

    private final List<Fingerprint> prints = new ArrayList<>();
    private List<double[]> numbers = new ArrayList<>();

    /** The unit is ten to this power of the buckets' own. */
    private int scale = Fingerprint.DECIMALS;

    private static long[] inverses() {
        long inverseOfFive = 0xCCCC_CCCC_CCCC_CCCDL;
        long[] all = new long[Fingerprint.DECIMALS + 1];
        all[0] = 1;
        for (int s = 1; s < all.length; s++) {
            all[s] = all[s - 1] * inverseOfFive;
        }
        return all;
    }

    void add(Fingerprint print) {
        makeFit(print);
        prints.add(print);
        if (isUsable()) {
            numbers.add(inUnit(print));
        }
    }

    void removeLast() {
        prints.removeLast();
        if (isUsable()) {
            numbers.removeLast();
        }
    }

    /** Chooses a unit in which this fingerprint is whole, too: what was given before is in another one then. */
    void makeFit(Fingerprint print) {
        int before = scale;
        while (isUsable() && !fits(print)) {
            scale--;
        }
        if (scale == before) {
            return;
        }
        if (!prints.stream().allMatch(this::fits)) {
            scale = NONE;
        }
        numbers = isUsable()
                ? prints.stream().map(this::inUnit).collect(Collectors.toCollection(ArrayList::new))
                : new ArrayList<>();
    }

    /** Whether there are numbers. */
    boolean isUsable() {
        return scale != NONE;
    }

    /** In which power of ten numbers are, of the buckets' own unit: it can change with what is added. */
    int scale() {
        return scale;
    }

    /** One that was added. */
    double[] get(int index) {
        return numbers.get(index);
    }

    /** The same of one that fits. */
    double[] inUnit(Fingerprint print) {
        double[] all = new double[Fingerprint.WIDTH];
        for (int i = 0; i < all.length; i++) {
            all[i] = print.bucket(i) * INVERSES[scale] >> scale;
        }
        return all;
    }

    private boolean fits(Fingerprint print) {
        if (!isUsable()) {
            return false;
        }
        for (int i = 0; i < Fingerprint.WIDTH; i++) {
            long unwrapped = print.bucket(i) * INVERSES[scale];
            if ((unwrapped & (1L << scale) - 1) != 0 || Math.abs(unwrapped >> scale) >= MOST) {
                return false;
            }
        }
        return true;
    }
}
