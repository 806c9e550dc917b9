package io.weir.disclosure.evidence;

/**
 * A smallest or largest value, or both (a range), or a quantifier over everybody. The text form prints no number.
 *
 * @param units distinct subjects who have the value; of a range the fewer of both ends
 * @param structural whether the value is known without the data: 0 and 100 of a percentage, the last day of the register's period
 */
public record Extreme(long units, boolean structural) implements StatisticEvidence {
    public Extreme {
        if (units < 0) {
            throw new IllegalArgumentException("Units cannot be negative");
        }
    }

    @Override
    public String toString() {
        return "Extreme[***]";
    }
}
