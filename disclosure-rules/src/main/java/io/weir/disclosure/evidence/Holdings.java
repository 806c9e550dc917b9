package io.weir.disclosure.evidence;

import java.math.BigDecimal;

/**
 * The same figure by owner: all subjects of one practice, hospital or company are one contributor, whose contribution is the sum of the
 * absolute contributions of its subjects, so that the absolute total stays what it is. Where subjects have several kinds of owner, the one
 * with the fewest and largest counts. The text form prints no number.
 *
 * @param contributing distinct owners of the contributing subjects
 * @param largest largest contribution of one owner
 * @param secondLargest second largest contribution of one owner; zero with a single owner
 */
public record Holdings(long contributing, BigDecimal largest, BigDecimal secondLargest) implements Particular {
    public Holdings {
        if (contributing < 0 || secondLargest.signum() < 0 || secondLargest.compareTo(largest) > 0) {
            throw new IllegalArgumentException(
                    "Owners are counted, and their contributions are ordered absolute values");
        }
    }

    @Override
    public String toString() {
        return "Holdings[***]";
    }
}
