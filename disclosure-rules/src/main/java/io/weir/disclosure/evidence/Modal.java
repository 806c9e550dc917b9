package io.weir.disclosure.evidence;

/**
 * The most frequent value. The text form prints no number.
 *
 * @param units distinct subjects who have it
 * @param others distinct subjects who have another value
 */
public record Modal(long units, long others) implements StatisticEvidence {
    public Modal {
        if (units < 0 || others < 0) {
            throw new IllegalArgumentException("Units cannot be negative");
        }
    }

    @Override
    public String toString() {
        return "Modal[***]";
    }
}
