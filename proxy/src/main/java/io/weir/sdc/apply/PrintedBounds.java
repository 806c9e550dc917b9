package io.weir.sdc.apply;

import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.protection.OneTwoFive;
import io.weir.disclosure.protection.Rounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a number in print leaves possible for a reader who knows the profile.
 *
 * @param least smallest value
 * @param most greatest value; null when there is none
 */
record PrintedBounds(BigDecimal least, @Nullable BigDecimal most) {
    /** How many times its value in print a number can be that was rounded to it; rounding down from less than half a step more. */
    private static final BigDecimal TWICE = BigDecimal.valueOf(2);

    static PrintedBounds exactly(BigDecimal value) {
        return new PrintedBounds(value, value);
    }

    /**
     * @param units in the row at least
     * @param reading how the number is read
     * @return empty when the profile prints no such number
     */
    static Optional<PrintedBounds> of(
            Measure measure, BigDecimal value, Rules rules, BigDecimal units, Reading reading) {
        if (measure.kind() == MeasureKind.UNITS && rules.counts() instanceof CountMethod.CellByCell method) {
            try {
                ExistenceInterval known = method.change().known(value.longValueExact());
                return Optional.of(new PrintedBounds(known.lower(), known.upper()));
            } catch (IllegalArgumentException notOfThisMethod) {
                return Optional.empty();
            }
        }
        BigDecimal base = BigDecimal.valueOf(rules.appetite().countBase());
        if (measure.kind().isCount() && base.compareTo(BigDecimal.ONE) == 0) {
            return Optional.of(exactly(value));
        }
        Optional<BigDecimal> found = step(measure, value, base, reading.finest() ? BigDecimal.ZERO : units);
        if (reading.exact() && !measure.kind().isCount()) {
            return found.map(step -> exactly(value));
        }
        return found.map(step -> new Rounding(rules.appetite()).known(measure, value, step))
                .map(bounds -> new PrintedBounds(bounds.lower(), bounds.upper()));
    }

    /** The coarsest step that the number can have been rounded to, or without units the finest: what units of many records or large amounts are rounded by is not in print. */
    private static Optional<BigDecimal> step(Measure measure, BigDecimal value, BigDecimal base, BigDecimal units) {
        BigDecimal own = measure.roundingStep() == null ? base : measure.roundingStep();
        Optional<BigDecimal> found = isMultiple(value, own) ? Optional.of(own) : Optional.empty();
        if (units.signum() == 0
                || measure.kind() == MeasureKind.UNITS
                || base.compareTo(BigDecimal.ONE) == 0
                || value.signum() == 0) {
            return found;
        }
        BigDecimal perUnit = value.abs().multiply(TWICE).divide(units.max(BigDecimal.ONE), MathContext.DECIMAL64);
        BigDecimal coarsest = OneTwoFive.atLeast(base.multiply(perUnit).max(own));
        for (BigDecimal step = OneTwoFive.atLeast(own);
                step.compareTo(coarsest) <= 0;
                step = OneTwoFive.atLeast(step.multiply(new BigDecimal("1.5")))) {
            if (step.compareTo(own) > 0 && isMultiple(value, step)) {
                found = Optional.of(step);
            }
        }
        return found;
    }

    private static boolean isMultiple(BigDecimal value, BigDecimal step) {
        return value.divide(step, 0, RoundingMode.HALF_UP).multiply(step).compareTo(value) == 0;
    }
}
