package io.weir.disclosure.interval;

import java.util.List;

/**
 * What an attacker knows: bounds of each variable and relations between them.
 *
 * @param lower finite lower bound per variable
 * @param upper upper bound per variable, possibly infinity
 * @param relations relations between the variables
 */
public record LinearSystem(double[] lower, double[] upper, List<Relation> relations) {
    public LinearSystem {
        if (lower.length != upper.length) {
            throw new IllegalArgumentException("Each variable has two bounds");
        }
        for (int i = 0; i < lower.length; i++) {
            if (!Double.isFinite(lower[i]) || !(lower[i] <= upper[i])) {
                throw new IllegalArgumentException("Bounds are ordered and the lower one is finite");
            }
        }
        relations = List.copyOf(relations);
    }

    public int size() {
        return lower.length;
    }
}
