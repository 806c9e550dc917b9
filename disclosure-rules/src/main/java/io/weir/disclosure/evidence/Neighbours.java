package io.weir.disclosure.evidence;

import java.math.BigDecimal;

/**
 * Whose values a position is the mean of. The order of values is cut at fixed shares of the records; the mean is of the two parts that meet at
 * the position. The text form prints no number.
 *
 * @param fewest distinct subjects of the smallest of four: either part, all records below both, all records above both
 * @param reach how far the mean moves at most when all records of one subject go from below to above or the reverse: its distance to the mean of
 *     as many records further up or down, by as many as the subject with most records has
 * @param usual the same for a subject with the average number of records
 */
public record Neighbours(long fewest, BigDecimal reach, BigDecimal usual) {
    public Neighbours {
        if (fewest < 0 || reach.signum() < 0 || usual.signum() < 0) {
            throw new IllegalArgumentException("Neither people nor distances are negative");
        }
    }

    @Override
    public String toString() {
        return "Neighbours[***]";
    }
}
