package io.weir.disclosure.evidence;

/**
 * How many subjects contribute something other than zero to a sum: of few the sum is theirs, however many others contribute nothing. The text form prints no
 * number.
 *
 * @param units subjects
 */
public record NonZeroUnits(long units) implements Particular {
    public NonZeroUnits {
        if (units < 0) {
            throw new IllegalArgumentException("Subjects cannot be negative");
        }
    }

    @Override
    public String toString() {
        return "NonZeroUnits[***]";
    }
}
