package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Neighbours;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Rounding of shown values to the nearest multiple, halves away from zero: counts to the appetite's base, sums to their measure's step.
 *
 * <p>Records and sums are rounded as coarsely as the people behind them: the base is multiplied by what each person contributes at least
 * and taken up to the next 1-2-5 step, if that is more. Otherwise the records of people who have ten each, rounded to five, would tell
 * exactly how many people there are.
 *
 * <p>A count that is shown although rounding would bring it below the threshold is published as the smallest multiple of the step that
 * reaches the threshold: a published count is zero or at least the threshold, so nothing that is shown looks like something that must
 * be hidden, and no positive count is shown as zero. For the HES rule (threshold 8, base 5) this changes nothing, because 8 and 9
 * already become 10; for threshold 6 and base 5, a true 6 or 7 would become 5 and is published as 10.
 */
public final class Rounding {
    private final RiskAppetite appetite;

    public Rounding(RiskAppetite appetite) {
        this.appetite = appetite;
    }

    /** The step of a cell's published value. Positive; depends on the evidence for records, sums and positions alone. */
    public BigDecimal step(Measure measure, Evidence evidence) {
        BigDecimal base = BigDecimal.valueOf(appetite.countBase());
        BigDecimal own = measure.roundingStep();
        if (own != null && measure.kind() == MeasureKind.POSITION) {
            return positionStep(own, base, evidence);
        }
        if (own != null) {
            BigDecimal least = evidence.smallest();
            return appetite.countBase() == 1 || least == null || least.signum() == 0
                    ? own
                    : own.max(OneTwoFive.atLeast(base.multiply(least)));
        }
        BigDecimal records = recordsPerUnit(measure, evidence);
        boolean coarser = appetite.countBase() > 1 && records.compareTo(BigDecimal.ONE) > 0;
        return coarser ? OneTwoFive.atLeast(base.multiply(records)) : base;
    }

    /**
     * A position is rounded like the mean of its cell, whose sum is rounded to a step: to the step divided by the people. Beyond that so that no
     * subject can move it by more than a step, and one with as many records as usual as little as one subject can move a count.
     */
    private static BigDecimal positionStep(BigDecimal stepOfSums, BigDecimal base, Evidence evidence) {
        Long units = evidence.contributingUnits();
        Neighbours neighbours = evidence.neighbours();
        if (units == null || units == 0 || neighbours == null) {
            return stepOfSums; // hidden
        }
        BigDecimal mean = stepOfSums.divide(BigDecimal.valueOf(units), MathContext.DECIMAL64);
        return OneTwoFive.atLeast(mean.max(neighbours.reach()).max(base.multiply(neighbours.usual())));
    }

    /**
     * Records that each subject has at least, and at least one; the whole average where that is unknown. One for everything that does
     * not count records.
     */
    static BigDecimal recordsPerUnit(Measure measure, Evidence evidence) {
        BigDecimal value = evidence.value();
        Long units = evidence.contributingUnits();
        boolean records = measure.kind() == MeasureKind.ROWS || measure.kind() == MeasureKind.RECORDS;
        if (!records || value == null || units == null || units == 0) {
            return BigDecimal.ONE;
        }
        BigDecimal smallest = evidence.smallest();
        BigDecimal average = value.divideToIntegralValue(BigDecimal.valueOf(units));
        return (smallest == null ? average : smallest.min(average)).max(BigDecimal.ONE);
    }

    /** The published value of a true one. */
    public BigDecimal publish(Measure measure, BigDecimal value, BigDecimal step) {
        BigDecimal nearest = multiple(value, step, RoundingMode.HALF_UP);
        return measure.kind().isCount() && value.signum() > 0
                ? nearest.max(leastPositiveCount(measure, step))
                : nearest;
    }

    /** Whether the profile rounds this measure at all. */
    public boolean rounds(Measure measure) {
        return !measure.kind().isCount() || appetite.countBase() > 1;
    }

    /** What is known of a true value from its published one by somebody who also knows the step. */
    public Bounds known(Measure measure, BigDecimal published, BigDecimal step) {
        BigDecimal half = step.divide(BigDecimal.valueOf(2));
        if (!measure.kind().isCount()) {
            return new Bounds(published.subtract(half), published.add(half));
        }
        if (published.signum() == 0) {
            return new Bounds(BigDecimal.ZERO, BigDecimal.ZERO);
        }
        BigDecimal least = published.compareTo(leastPositiveCount(measure, step)) <= 0
                ? leastTrueCount(measure)
                : published.subtract(half).setScale(0, RoundingMode.CEILING);
        BigDecimal most = published.add(half).setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
        return new Bounds(least.min(published), most.max(published));
    }

    private BigDecimal leastPositiveCount(Measure measure, BigDecimal step) {
        return multiple(leastTrueCount(measure), step, RoundingMode.CEILING);
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
