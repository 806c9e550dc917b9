package io.weir.disclosure.derived;

import io.weir.disclosure.interval.ExistenceInterval;
import java.math.BigDecimal;

/** A numerator or a denominator, as it was protected. */
public sealed interface Part {
    /**
     * A part that was published.
     *
     * @param published its value: rounded, perturbed, or as it is
     * @param known what the published value leaves possible of the true one
     * @param whole whether the true value is a whole number
     */
    record Shown(BigDecimal published, ExistenceInterval known, boolean whole) implements Part {
        public Shown {
            if (whole && (!isWhole(known.lower()) || (known.upper() != null && !isWhole(known.upper())))) {
                throw new IllegalArgumentException("What is known of a whole number ends at whole numbers");
            }
        }

        private static boolean isWhole(BigDecimal value) {
            return value.stripTrailingZeros().scale() <= 0;
        }
    }

    /** A part that was not. */
    record Hidden() implements Part {}

    /** A published count. */
    static Part count(long published, ExistenceInterval known) {
        return new Shown(BigDecimal.valueOf(published), known, true);
    }

    /** A published sum. */
    static Part sum(BigDecimal published, ExistenceInterval known) {
        return new Shown(published, known, false);
    }
}
