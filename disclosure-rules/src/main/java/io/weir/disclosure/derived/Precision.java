package io.weir.disclosure.derived;

/** How many decimals a derived value has. Depends on published parts alone, so that the number of decimals tells nothing. */
public sealed interface Precision {
    /**
     * A fixed number of decimals for large published denominators, and another for others.
     *
     * @param largeFrom least published denominator that counts as large, at least 0
     * @param large decimals from there on, 0 to 20
     * @param other decimals below, 0 to 20
     */
    record ByDenominator(long largeFrom, int large, int other) implements Precision {
        public ByDenominator {
            requireDecimals(large);
            requireDecimals(other);
            if (largeFrom < 0) {
                throw new IllegalArgumentException("A denominator is not negative");
            }
        }
    }

    /**
     * The most decimals with which the value, taken for the rounded true one, excludes no value of either part that the published part leaves. A
     * value that does not even bear the least precision is hidden.
     *
     * @param most decimals at most, up to 20
     * @param least decimals at least, from -20: -1 is tens
     */
    record Covering(int most, int least) implements Precision {
        public Covering {
            requireDecimals(Math.abs(most));
            requireDecimals(Math.abs(least));
            if (least > most) {
                throw new IllegalArgumentException("The least precision is not finer than the greatest");
            }
        }
    }

    /**
     * Percentages of Hospital Episode Statistics: no decimals, one where the rounded denominator is 4,000 or more.
     *
     * <p>Source: NHS Digital (2018-09), Disclosure control methodology for Hospital Episode Statistics and Emergency Care Data Set.
     */
    static Precision hesPercentages() {
        return new ByDenominator(4_000, 1, 0);
    }

    private static void requireDecimals(int decimals) {
        if (decimals < 0 || decimals > 20) {
            throw new IllegalArgumentException("A derived value has up to 20 decimals");
        }
    }
}
