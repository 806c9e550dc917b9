package io.weir.disclosure.derived;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A numerator over a denominator, times a factor, from published parts: a mean (1), a percentage (100), a rate (1,000 or 100,000). Halves are rounded
 * away from zero. Immutable, any thread.
 *
 * @param factor positive
 * @param precision how many decimals
 */
public record RatioStatistic(BigDecimal factor, Precision precision) {
    public RatioStatistic {
        if (factor.signum() <= 0) {
            throw new IllegalArgumentException("The factor of a ratio is positive");
        }
    }

    /** A mean, or a ratio of two sums. */
    public static RatioStatistic mean(Precision precision) {
        return new RatioStatistic(BigDecimal.ONE, precision);
    }

    public static RatioStatistic percentage(Precision precision) {
        return new RatioStatistic(BigDecimal.valueOf(100), precision);
    }

    /** @param per how many of the denominator: 1,000 or 100,000 */
    public static RatioStatistic rate(long per, Precision precision) {
        return new RatioStatistic(BigDecimal.valueOf(per), precision);
    }

    /** The published value. */
    public DerivedValue of(Part numerator, Part denominator) {
        if (!(numerator instanceof Part.Shown above) || !(denominator instanceof Part.Shown below)) {
            return new DerivedValue.Hidden(DerivedValue.Reason.HIDDEN_PART);
        }
        if (below.published().signum() <= 0) {
            return new DerivedValue.Hidden(DerivedValue.Reason.NO_DENOMINATOR);
        }
        return switch (precision) {
            case Precision.ByDenominator fixed -> {
                boolean large = below.published().compareTo(BigDecimal.valueOf(fixed.largeFrom())) >= 0;
                yield new DerivedValue.Shown(rounded(above, below, large ? fixed.large() : fixed.other()));
            }
            case Precision.Covering covering -> covering(above, below, covering);
        };
    }

    private DerivedValue covering(Part.Shown above, Part.Shown below, Precision.Covering covering) {
        for (int decimals = covering.most(); decimals >= covering.least(); decimals--) {
            BigDecimal value = rounded(above, below, decimals);
            BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-decimals);
            if (new Cover(above, below, factor, value, step).excludesNothing()) {
                return new DerivedValue.Shown(value);
            }
        }
        return new DerivedValue.Hidden(DerivedValue.Reason.PARTS_TOO_SMALL);
    }

    private BigDecimal rounded(Part.Shown above, Part.Shown below, int decimals) {
        return above.published().multiply(factor).divide(below.published(), decimals, RoundingMode.HALF_UP);
    }
}
