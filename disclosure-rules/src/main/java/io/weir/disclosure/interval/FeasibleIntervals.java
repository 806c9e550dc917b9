package io.weir.disclosure.interval;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The attacker's view of a system: feasible intervals by linear programming, computed on demand. Points met on the way are remembered,
 * so that many questions are answered without another programme.
 *
 * <p>Source: Fischetti and Salazar (2001), the attacker's problems; Handbook on Statistical Disclosure Control (2nd ed.), section 4.2.
 */
public final class FeasibleIntervals {
    private final Simplex simplex;
    private final double[] seenLeast;
    private final double[] seenGreatest;

    private FeasibleIntervals(Simplex simplex, int variables) {
        this.simplex = simplex;
        seenLeast = new double[variables];
        seenGreatest = new double[variables];
        Arrays.fill(seenLeast, Double.POSITIVE_INFINITY);
        Arrays.fill(seenGreatest, Double.NEGATIVE_INFINITY);
        look();
    }

    /** Empty when the system has no solution or the budget ran out: then nothing is known, and nothing counts as protected. */
    public static Optional<FeasibleIntervals> of(LinearSystem system, WorkBudget budget) {
        return Simplex.feasible(system, budget).map(simplex -> new FeasibleIntervals(simplex, system.size()));
    }

    /** Values met so far: part of the feasible interval, at no cost. */
    public FeasibleInterval seen(int variable) {
        return new FeasibleInterval(seenLeast[variable], seenGreatest[variable]);
    }

    /** The feasible interval of one variable; empty when it could not be computed. */
    public Optional<FeasibleInterval> of(int variable) {
        OptionalDouble least = simplex.minimise(variable);
        look();
        OptionalDouble greatest = simplex.maximise(variable);
        look();
        return least.isPresent() && greatest.isPresent()
                ? Optional.of(new FeasibleInterval(least.getAsDouble(), greatest.getAsDouble()))
                : Optional.empty();
    }

    /**
     * Variables that have a part in what bounds one: its interval stays as it is as long as only others get more room. Empty when it could not be
     * computed.
     *
     * <p>Source: duality of linear programmes (Chvátal 1983, chapter 5): a variable without a reduced cost does not stand in the sum of relations that proves
     * the bound.
     */
    public Optional<BitSet> binding(int variable) {
        Optional<BitSet> below = simplex.binding(variable, -1);
        look();
        Optional<BitSet> above = simplex.binding(variable, 1);
        look();
        return below.flatMap(least -> above.map(greatest -> {
            BitSet both = (BitSet) least.clone();
            both.or(greatest);
            return both;
        }));
    }

    private void look() {
        for (int j = 0; j < seenLeast.length; j++) {
            seenLeast[j] = Math.min(seenLeast[j], simplex.current(j));
            seenGreatest[j] = Math.max(seenGreatest[j], simplex.current(j));
        }
    }
}
