package io.weir.disclosure.evidence;

import java.math.BigDecimal;

/**
 * Whose values a position is the mean of. The order of values is cut at fixed shares of the records; the mean is of the two parts that meet at
 * the position. The text form prints no number.
 *
 * @param fewest distinct subjects of the smallest of four: either part, all records below both, all records above both
 * @param reach how far the mean can move when the records of any one subject change, come or go
 */
public record Neighbours(long fewest, BigDecimal reach) {
    public Neighbours {
        if (fewest < 0 || reach.signum() < 0) {
            throw new IllegalArgumentException("Neither people nor distances are negative");
        }
    }

    @Override
    public String toString() {
        return "Neighbours[***]";
    }
}
