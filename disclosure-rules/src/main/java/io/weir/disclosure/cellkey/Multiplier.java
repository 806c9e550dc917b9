package io.weir.disclosure.cellkey;

/**
 * How large the noise of a contribution is, as a share of it: the standard deviation of the noise, when that of the table is 1. Confidential;
 * the text forms print no number.
 *
 * <p>Source: the R package cellKey 1.0.2, {@code ck_simpleparams} and {@code ck_flexparams}, which names Giessing and Tent (2019; not opened).
 */
public sealed interface Multiplier {
    /** @param contribution absolute, positive */
    double of(double contribution);

    /** @param share of every contribution, above 0 and at most 1 ({@code p}) */
    record Constant(double share) implements Multiplier {
        public Constant {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("A share lies above 0 and is at most 1");
            }
        }

        @Override
        public double of(double contribution) {
            return share;
        }

        @Override
        public String toString() {
            return "Constant[***]";
        }
    }

    /**
     * The flex function: a large share of small contributions, a small one of large contributions, continuous at the flex point. Beyond it the
     * share falls from the start when the exponent is at least {@code 2 · small / (small - large)}, else after a slight rise.
     *
     * @param flexPoint up to which the share of small contributions holds, positive ({@code fp})
     * @param small share of small contributions, at most 1 ({@code p[1]})
     * @param large share that the largest come near to, positive and at most {@code small} ({@code p[2]})
     * @param exponent how fast the share falls, at least 1 ({@code q})
     */
    record Flex(double flexPoint, double small, double large, double exponent) implements Multiplier {
        public Flex {
            if (!(flexPoint > 0) || !(large > 0 && large <= small && small <= 1) || !(exponent >= 1)) {
                throw new IllegalArgumentException(
                        "A flex function has a positive flex point, falling shares up to 1 and an exponent of at least 1");
            }
        }

        @Override
        public double of(double contribution) {
            if (contribution <= flexPoint) {
                return small;
            }
            double above = (small * contribution - large * flexPoint) / (large * flexPoint);
            return large * (1 + above * StrictMath.pow(2 * flexPoint / (flexPoint + contribution), exponent));
        }

        @Override
        public String toString() {
            return "Flex[***]";
        }
    }
}
