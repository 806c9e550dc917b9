package io.weir.disclosure.evidence;

/**
 * A measure of how unequally a sum is spread. The contributions to the sum are in the {@link Evidence} itself.
 *
 * @param leaders how many of the largest contributors a concentration ratio adds up; 0 for an index over all of them (Gini,
 *     Herfindahl-Hirschman)
 */
public record Concentration(long leaders) implements StatisticEvidence {
    public Concentration {
        if (leaders < 0) {
            throw new IllegalArgumentException("Contributors cannot be negative");
        }
    }
}
