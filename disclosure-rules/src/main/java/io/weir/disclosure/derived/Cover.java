package io.weir.disclosure.derived;

import io.weir.disclosure.interval.ExistenceInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Whether a derived value excludes a value of one of its parts. Somebody takes {@code value} for the true {@code factor · a / b}, rounded to a
 * multiple of the step, and knows of a and b what their published values leave. Nothing is excluded when for every b left there is an a left, and for
 * every a a b, whose ratio rounds to the value. Products of decimal numbers are compared; where one is divided, it is rounded to the careful side.
 *
 * <p>For a whole b with few values left each is looked at: the values of a that go with it are a run, and the runs must cover all of a. Else the runs
 * change steadily with b, so that the ends decide; whole numbers then ask for runs at least as long as the gaps between them, which is more than is
 * needed.
 */
final class Cover {
    private static final BigDecimal MOST_VALUES = BigDecimal.valueOf(20_000);

    private final boolean wholeAbove;
    private final boolean wholeBelow;
    private final BigDecimal least;
    private final BigDecimal greatest;
    private final @Nullable BigDecimal upper;
    private final ExistenceInterval below;
    private final BigDecimal factor;
    private final BigDecimal step;
    private final BigDecimal start;
    private final BigDecimal end;

    Cover(Part.Shown above, Part.Shown below, BigDecimal factor, BigDecimal value, BigDecimal step) {
        // Negative values mirror positive ones: rounding is away from zero on both sides.
        boolean mirrored = value.signum() < 0;
        BigDecimal top = above.known().upper();
        this.upper = top;
        BigDecimal known = top == null ? above.known().lower() : top;
        this.wholeAbove = above.whole();
        this.wholeBelow = below.whole();
        this.least = mirrored ? known.negate() : above.known().lower();
        this.greatest = mirrored ? above.known().lower().negate() : known;
        this.below = below.known();
        this.factor = factor;
        this.step = step;
        BigDecimal half = step.divide(BigDecimal.TWO);
        this.start = value.abs().subtract(half);
        this.end = value.abs().add(half);
    }

    boolean excludesNothing() {
        BigDecimal most = below.upper();
        if (upper == null || most == null || below.lower().signum() <= 0) {
            return false;
        }
        boolean few = wholeBelow && most.subtract(below.lower()).compareTo(MOST_VALUES) <= 0;
        return few ? coversOneByOne(below.lower(), most) : coversSteadily(below.lower(), most);
    }

    private boolean aroundZero() {
        return start.signum() < 0;
    }

    /** Runs are in ascending order of b; around zero each holds those of smaller b, so that the largest b comes first. */
    private boolean coversOneByOne(BigDecimal lowest, BigDecimal highest) {
        BigDecimal open = least;
        boolean closed = false;
        BigDecimal b = aroundZero() ? highest : lowest;
        BigDecimal stride = aroundZero() ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        for (; b.compareTo(lowest) >= 0 && b.compareTo(highest) <= 0; b = b.add(stride)) {
            if (wholeAbove) {
                BigDecimal first = firstWhole(b).max(least);
                BigDecimal last = lastWhole(b).min(greatest);
                if (first.compareTo(last) > 0 || first.compareTo(open) > 0) {
                    return false;
                }
                open = open.max(last.add(BigDecimal.ONE));
            } else {
                if (!meets(b) || !beginsBy(b, open)) {
                    return false;
                }
                // Scaled back only to go on from there; the comparison with the end is exact.
                closed |= end.multiply(b).compareTo(factor.multiply(greatest)) > 0;
                open = open.max(floorOf(end.multiply(b)));
            }
        }
        return wholeAbove ? open.compareTo(greatest) > 0 : closed;
    }

    private boolean coversSteadily(BigDecimal lowest, BigDecimal highest) {
        BigDecimal startsAt = aroundZero() ? highest : lowest;
        boolean covers = beginsBy(startsAt, least)
                && end.multiply(highest).compareTo(factor.multiply(greatest)) > 0
                && meets(lowest)
                && meets(highest);
        BigDecimal run = step.multiply(lowest);
        return covers && (!wholeBelow || run.compareTo(end) >= 0) && (!wholeAbove || run.compareTo(factor) >= 0);
    }

    /** Whether some a goes with b. */
    private boolean meets(BigDecimal b) {
        int startsBefore = start.multiply(b).compareTo(factor.multiply(greatest));
        return (aroundZero() ? startsBefore < 0 : startsBefore <= 0)
                && end.multiply(b).compareTo(factor.multiply(least)) > 0;
    }

    /** Whether the run of b begins at a or before; around zero its own beginning does not belong to it. */
    private boolean beginsBy(BigDecimal b, BigDecimal a) {
        int order = start.multiply(b).compareTo(factor.multiply(a));
        return aroundZero() ? order < 0 : order <= 0;
    }

    private BigDecimal firstWhole(BigDecimal b) {
        return aroundZero()
                ? start.multiply(b).divide(factor, 0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                : start.multiply(b).divide(factor, 0, RoundingMode.CEILING);
    }

    private BigDecimal lastWhole(BigDecimal b) {
        return end.multiply(b).divide(factor, 0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
    }

    /** A little less than the quotient where it does not end: asks for more overlap, never for less. */
    private BigDecimal floorOf(BigDecimal product) {
        return product.divide(factor, Math.max(product.scale(), 0) + 12, RoundingMode.FLOOR);
    }
}
