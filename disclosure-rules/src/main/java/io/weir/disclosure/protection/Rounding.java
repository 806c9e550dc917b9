package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounding of shown values to the nearest multiple, halves away from zero: counts to the appetite's base, sums to their measure's step.
 *
 * <p>A count that is shown although rounding would bring it below the threshold is published as the smallest multiple of the base that
 * reaches the threshold: a published count is zero or at least the threshold, so nothing that is shown looks like something that must
 * be hidden, and no positive count is shown as zero. For the HES rule (threshold 8, base 5) this changes nothing, because 8 and 9
 * already become 10; for threshold 6 and base 5, a true 6 or 7 would become 5 and is published as 10.
 */
public final class Rounding {
    private final RiskAppetite appetite;

    public Rounding(RiskAppetite appetite) {
        this.appetite = appetite;
    }

    /** The published value of a true one. */
    public BigDecimal publish(Measure measure, BigDecimal value) {
        BigDecimal step = step(measure);
        BigDecimal nearest = multiple(value, step, RoundingMode.HALF_UP);
        return measure.kind().isCount() && value.signum() > 0 ? nearest.max(leastPositiveCount(measure)) : nearest;
    }

    /** Whether the profile rounds this measure at all. */
    public boolean rounds(Measure measure) {
        return !measure.kind().isCount() || appetite.countBase() > 1;
    }

    /** What the public knows of a true value from its published one. */
    public Bounds known(Measure measure, BigDecimal published) {
        BigDecimal half = step(measure).divide(BigDecimal.valueOf(2));
        if (!measure.kind().isCount()) {
            return new Bounds(published.subtract(half), published.add(half));
        }
        if (published.signum() == 0) {
            return new Bounds(BigDecimal.ZERO, BigDecimal.ZERO);
        }
        BigDecimal least = published.compareTo(leastPositiveCount(measure)) <= 0
                ? leastTrueCount(measure)
                : published.subtract(half).setScale(0, RoundingMode.CEILING);
        BigDecimal most = published.add(half).setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
        return new Bounds(least.min(published), most.max(published));
    }

    private BigDecimal step(Measure measure) {
        BigDecimal own = measure.roundingStep();
        return own == null ? BigDecimal.valueOf(appetite.countBase()) : own;
    }

    private BigDecimal leastPositiveCount(Measure measure) {
        return multiple(leastTrueCount(measure), BigDecimal.valueOf(appetite.countBase()), RoundingMode.CEILING);
    }

    /** Subjects and their rows reach the threshold or are hidden; values of a column are not people and may be fewer. */
    private BigDecimal leastTrueCount(Measure measure) {
        return measure.kind() == MeasureKind.DISTINCT_VALUES
                ? BigDecimal.ONE
                : BigDecimal.valueOf(appetite.threshold());
    }

    private static BigDecimal multiple(BigDecimal value, BigDecimal step, RoundingMode mode) {
        return value.divide(step, 0, mode).multiply(step);
    }

    /**
     * @param lower least true value
     * @param upper greatest true value
     */
    public record Bounds(BigDecimal lower, BigDecimal upper) {}
}
