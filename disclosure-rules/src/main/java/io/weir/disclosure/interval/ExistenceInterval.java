package io.weir.disclosure.interval;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The true values that a published one leaves possible, for somebody who knows the method and its parameters, but no secret. Both ends belong
 * to it. For counts the ends are whole numbers that are themselves possible; not every number between them need be.
 *
 * <p>Source of the term: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, protection provided by controlled rounding.
 *
 * @param lower least true value
 * @param upper greatest true value; null when nothing bounds it
 */
public record ExistenceInterval(BigDecimal lower, @Nullable BigDecimal upper) {
    public ExistenceInterval {
        if (upper != null && lower.compareTo(upper) > 0) {
            throw new IllegalArgumentException("An interval has its lower end first");
        }
    }

    /** Between two whole numbers. */
    public static ExistenceInterval of(long lower, long upper) {
        return new ExistenceInterval(BigDecimal.valueOf(lower), BigDecimal.valueOf(upper));
    }

    /** Only one value is possible. */
    public static ExistenceInterval exactly(BigDecimal value) {
        return new ExistenceInterval(value, value);
    }

    public boolean contains(BigDecimal value) {
        return lower.compareTo(value) <= 0 && (upper == null || value.compareTo(upper) <= 0);
    }

    /** Whether every value of {@code other} is one of this. */
    public boolean contains(ExistenceInterval other) {
        return contains(other.lower) && (upper == null || (other.upper != null && contains(other.upper)));
    }
}
