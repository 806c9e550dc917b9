package io.weir.disclosure.protection;

import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Narrows bounds one relation at a time. Every interval it finds contains the feasible one, so what is too narrow here is too narrow; and
 * the relation that narrowed it is where something more has to be hidden.
 *
 * <p>Source: the shuttle idea of Buzzigoli and Giusti (1999).
 */
final class Propagation {
    private static final int ROUNDS = 8;

    /** Whether an interval is wide enough for a cell. */
    interface Sufficiency {
        boolean test(int cell, FeasibleInterval interval);
    }

    private final Component component;
    private final Sufficiency sufficiency;
    private final WorkBudget budget;
    private final Map<Integer, double[]> bounds = new HashMap<>();

    Propagation(
            CellSystem system,
            Attacker attacker,
            Component component,
            BitSet hidden,
            Sufficiency sufficiency,
            WorkBudget budget) {
        this.component = component;
        this.sufficiency = sufficiency;
        this.budget = budget;
        for (Link link : component.links()) {
            for (int cell : link.cells()) {
                bounds.computeIfAbsent(
                        cell, key -> new double[] {attacker.lower(key, hidden), attacker.upper(key, hidden)});
            }
        }
    }

    Optional<Violation> firstTooNarrow() {
        boolean changed = true;
        for (int round = 0; changed && round < ROUNDS; round++) {
            changed = false;
            for (Link link : component.links()) {
                if (!budget.spend(link.cells().length)) {
                    return Optional.empty(); // The linear programmes will find the budget spent, and say so.
                }
                BitSet narrowed = narrow(link);
                changed |= !narrowed.isEmpty();
                Optional<Violation> violation = narrowed.stream()
                        .filter(component.hidden()::get)
                        .filter(cell -> !sufficiency.test(cell, new FeasibleInterval(own(cell)[0], own(cell)[1])))
                        .mapToObj(cell -> (Violation) new Violation.TooNarrow(cell, List.of(link)))
                        .findFirst();
                if (violation.isPresent()) {
                    return violation;
                }
            }
        }
        return Optional.empty();
    }

    private BitSet narrow(Link link) {
        double least = 0;
        double greatest = 0;
        int unboundedBelow = 0;
        int unboundedAbove = 0;
        for (int i = 0; i < link.cells().length; i++) {
            double low = low(link, i);
            double high = high(link, i);
            unboundedBelow += Double.isInfinite(low) ? 1 : 0;
            unboundedAbove += Double.isInfinite(high) ? 1 : 0;
            least += Double.isInfinite(low) ? 0 : low;
            greatest += Double.isInfinite(high) ? 0 : high;
        }
        BitSet narrowed = new BitSet();
        for (int i = 0; i < link.cells().length; i++) {
            double low = low(link, i);
            double high = high(link, i);
            if (unboundedBelow == 0 || (unboundedBelow == 1 && Double.isInfinite(low))) {
                capTerm(link, i, link.constant() - (least - (Double.isInfinite(low) ? 0 : low)), narrowed);
            }
            if (link.equation() && (unboundedAbove == 0 || (unboundedAbove == 1 && Double.isInfinite(high)))) {
                raiseTerm(link, i, link.constant() - (greatest - (Double.isInfinite(high) ? 0 : high)), narrowed);
            }
        }
        return narrowed;
    }

    private double[] own(int cell) {
        return Objects.requireNonNull(bounds.get(cell));
    }

    private double low(Link link, int i) {
        double[] own = own(link.cells()[i]);
        return link.coefficients()[i] > 0 ? own[0] : -own[1];
    }

    private double high(Link link, int i) {
        double[] own = own(link.cells()[i]);
        return link.coefficients()[i] > 0 ? own[1] : -own[0];
    }

    /** The term's weighted value is at most {@code most}. */
    private void capTerm(Link link, int i, double most, BitSet narrowed) {
        if (link.coefficients()[i] > 0) {
            lowerUpper(link.cells()[i], most, narrowed);
        } else {
            raiseLower(link.cells()[i], -most, narrowed);
        }
    }

    /** The term's weighted value is at least {@code least}. */
    private void raiseTerm(Link link, int i, double least, BitSet narrowed) {
        if (link.coefficients()[i] > 0) {
            raiseLower(link.cells()[i], least, narrowed);
        } else {
            lowerUpper(link.cells()[i], -least, narrowed);
        }
    }

    private void lowerUpper(int cell, double upper, BitSet narrowed) {
        double[] own = own(cell);
        if (upper < own[1] - noise(upper)) {
            own[1] = Math.max(upper, own[0]);
            narrowed.set(cell);
        }
    }

    private void raiseLower(int cell, double lower, BitSet narrowed) {
        double[] own = own(cell);
        if (lower > own[0] + noise(lower)) {
            own[0] = Math.min(lower, own[1]);
            narrowed.set(cell);
        }
    }

    private static double noise(double bound) {
        return 1e-7 * Math.max(1, Math.abs(bound));
    }
}
