package io.weir.disclosure.evidence;

/**
 * How many distinct subjects the figure is about and cannot use, because their value is not known. Subjects outside the figure's condition
 * are not among them. The text form prints no number.
 *
 * @param units not negative
 */
public record MissingUnits(long units) implements Particular {
    public MissingUnits {
        if (units < 0) {
            throw new IllegalArgumentException("Units cannot be negative");
        }
    }

    @Override
    public String toString() {
        return "MissingUnits[***]";
    }
}
