package io.weir.disclosure.protection;

import java.math.BigDecimal;

/** Steps 1, 2, 5, 10, 20, 50 … and 0.5, 0.2, 0.1 …: the only widths that sums are rounded to. */
public final class OneTwoFive {
    private OneTwoFive() {}

    /**
     * The smallest step of at least {@code amount}.
     *
     * @throws IllegalArgumentException unless {@code amount} is positive
     */
    public static BigDecimal atLeast(BigDecimal amount) {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("A step is positive");
        }
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(amount.precision() - amount.scale() - 1);
        for (int digit : new int[] {1, 2, 5}) {
            BigDecimal step = power.multiply(BigDecimal.valueOf(digit));
            if (step.compareTo(amount) >= 0) {
                return plain(step);
            }
        }
        return plain(power.scaleByPowerOfTen(1));
    }

    private static BigDecimal plain(BigDecimal step) {
        return step.scale() < 0 ? step.setScale(0) : step;
    }
}
