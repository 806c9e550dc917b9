package io.weir.disclosure.history;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * The contributions of people to a figure, added up in {@link #WIDTH} buckets, of which each person belongs to one. A linear sketch: the
 * fingerprint of a sum of figures is the sum of their fingerprints. If two figures differ in {@code d} buckets, the contributions of at
 * least {@code d} people differ, whatever the buckets are; the reverse holds but for people who share a bucket. The text form prints no
 * number.
 *
 * <p>A bucket is a number of 64 bits, kept modulo 2^64 in a unit that all fingerprints of a measure share: sums and differences are exact, and a difference
 * is taken for none at worst, which hides.
 *
 * <p>Source: Alon, Matias and Szegedy (1996), The space complexity of approximating the frequency moments, for linear sketches; the use
 * here needs no randomness, since it counts differing buckets and does not estimate.
 */
public final class Fingerprint {
    /** Number of buckets: a power of two, so many that ten people rarely share one. */
    public static final int WIDTH = 128;

    /** Decimals of amounts that are not counted. */
    public static final int DECIMALS = 18;

    private final long[] buckets;

    /** Adds contributions up, in little room while they are of few buckets. Not thread-safe. */
    public static final class Builder {
        private static final int LEAST = 4;

        private int[] places = new int[LEAST];
        private long[] sums = new long[LEAST];
        private int size;

        /** Of nobody yet. */
        public Builder() {}

        /** @param decimals of the unit: 0 for counts, {@link #DECIMALS} for amounts */
        public Builder add(int bucket, BigDecimal contributions, int decimals) {
            int at = 0;
            while (at < size && places[at] != bucket) {
                at++;
            }
            if (at == size) {
                if (bucket < 0 || bucket >= WIDTH) {
                    throw new IllegalArgumentException("There are " + WIDTH + " buckets");
                }
                if (size == places.length) {
                    places = Arrays.copyOf(places, 2 * size);
                    sums = Arrays.copyOf(sums, 2 * size);
                }
                places[size++] = bucket;
            }
            sums[at] += contributions.scaleByPowerOfTen(decimals).toBigInteger().longValue();
            return this;
        }

        public Fingerprint build() {
            long[] buckets = new long[WIDTH];
            for (int at = 0; at < size; at++) {
                buckets[places[at]] = sums[at];
            }
            return new Fingerprint(buckets);
        }
    }

    private Fingerprint(long[] buckets) {
        this.buckets = buckets;
    }

    /** A figure to which nobody contributes. */
    public static Fingerprint empty() {
        return new Fingerprint(new long[WIDTH]);
    }

    /** Buckets as {@link #toLongs} gave them. */
    public static Fingerprint ofLongs(long[] buckets) {
        if (buckets.length != WIDTH) {
            throw new IllegalArgumentException("A fingerprint has " + WIDTH + " buckets");
        }
        return new Fingerprint(buckets.clone());
    }

    /** The buckets in their own units. */
    public long[] toLongs() {
        return buckets.clone();
    }

    public Fingerprint plus(Fingerprint other) {
        return plus(other, 1);
    }

    public Fingerprint minus(Fingerprint other) {
        return plus(other, -1);
    }

    /** All of them together. */
    static Fingerprint sum(List<Fingerprint> prints) {
        long[] sum = new long[WIDTH];
        for (Fingerprint print : prints) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += print.buckets[i];
            }
        }
        return new Fingerprint(sum);
    }

    /** This and so many times the other. */
    Fingerprint plus(Fingerprint other, long times) {
        long[] sum = buckets.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += times * other.buckets[i];
        }
        return new Fingerprint(sum);
    }

    /** Whether this and the other differ in fewer than {@code limit} buckets. */
    public boolean differsInFewerThan(int limit, Fingerprint other) {
        return differsInFewerThan(limit, 0, other, other);
    }

    /** Whether {@code this + sign * second} and {@code third} differ in fewer than {@code limit} buckets. */
    boolean differsInFewerThan(int limit, long sign, Fingerprint second, Fingerprint third) {
        int differing = 0;
        for (int i = 0; i < buckets.length; i++) {
            if (buckets[i] + sign * second.buckets[i] != third.buckets[i] && ++differing >= limit) {
                return false;
            }
        }
        return differing < limit;
    }

    /** In how many buckets this and the other differ: at least so many people's contributions do. */
    public int differing(Fingerprint other) {
        int differing = 0;
        for (int i = 0; i < buckets.length; i++) {
            if (buckets[i] != other.buckets[i]) {
                differing++;
            }
        }
        return differing;
    }

    /**
     * Whether one of the two, so many times, is the other so many times, but in fewer than {@code limit} buckets, and in more buckets than not. In which ratio is not given; what is
     * the same modulo 2^64 may rarely differ.
     */
    boolean isNearMultiple(int limit, Fingerprint other) {
        int apart = 0; // what only one of them has is in no ratio
        for (int i = 0; i < buckets.length; i++) {
            if ((buckets[i] == 0) != (other.buckets[i] == 0) && ++apart >= limit) {
                return false;
            }
        }
        // Without the factors of two that all have: products keep as many bits as they can.
        int own = factorsOfTwo();
        int others = other.factorsOfTwo();
        int lost = Math.max(own, others);
        for (int p = 0, pivots = 0; p < buckets.length && pivots + apart < limit; p++) {
            if (buckets[p] == 0 || other.buckets[p] == 0) {
                continue;
            }
            pivots++; // of so many one is in the ratio, if fewer are not
            long times = other.buckets[p] >>> others;
            long by = buckets[p] >>> own;
            int differing = apart;
            int alike = 0;
            for (int i = 0; i < buckets.length && differing < limit; i++) {
                if (buckets[i] != 0 && other.buckets[i] != 0) {
                    boolean same = ((buckets[i] >>> own) * times - (other.buckets[i] >>> others) * by) << lost == 0;
                    differing += same ? 0 : 1;
                    alike += same ? 1 : 0;
                }
            }
            if (differing < limit && alike > differing) {
                return true;
            }
        }
        return false;
    }

    /** How many factors of two all buckets have. */
    int factorsOfTwo() {
        long all = 0;
        for (long bucket : buckets) {
            all |= bucket;
        }
        return all == 0 ? 0 : Long.numberOfTrailingZeros(all);
    }

    /** Whether it is of fewer people than so many, as far as the buckets tell. */
    boolean isOfFewerThan(int people) {
        int filled = 0;
        for (long bucket : buckets) {
            if (bucket != 0 && ++filled >= people) {
                return false;
            }
        }
        return filled < people;
    }

    /** Whether nothing is in any bucket. */
    public boolean isEmpty() {
        for (long bucket : buckets) {
            if (bucket != 0) {
                return false;
            }
        }
        return true;
    }

    long bucket(int i) {
        return buckets[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint f && Arrays.equals(buckets, f.buckets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(buckets);
    }

    @Override
    public String toString() {
        return "Fingerprint[***]";
    }
}
