package io.weir.disclosure.protection;

import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.FeasibleIntervals;
import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.protection.CircuitSearch.Breadth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows that a hidden cell is protected by tables that agree with everything published and in which the cell is as far from its true value as it
 * has to be. Such tables are looked for in a neighbourhood of the cell, by linear programmes in which all other hidden cells keep their true
 * values: what is found there is possible, though more may be. Silence is no proof: a cell for which no such tables are found counts as exposed,
 * even if larger programmes would find some.
 *
 * <p>Where single contributors know their own cell, the tables leave every such cell at least its true value; so they hold against each of
 * them. Shown cells count as known exactly.
 */
final class WitnessAuditor {
    private static final int MOST_CIRCUITS = 12;
    private static final int SHARE_OF_PARTS = 2; // of the work, as a divisor
    private static final double WHOLE = 1e-6;

    private final Setting setting;
    private final CellSystem system;
    private final BitSet hidden;
    private final AuditLimits limits;
    private final WorkBudget budget;
    private final WorkBudget budgetOfParts;
    private final Relations relations;
    private final CircuitSearch circuits;
    private final Neighbourhoods neighbourhoods;
    private final BitSet inLargePart = new BitSet();
    private final double[] below;
    private final double[] above;
    private final Map<Integer, Set<Integer>> relying = new HashMap<>();

    WitnessAuditor(Setting setting, Hiding hiding, AuditLimits limits, WorkBudget budget) {
        this.setting = setting;
        this.system = setting.system();
        this.hidden = hiding.hidden();
        this.limits = limits;
        this.budget = budget;
        // The programmes of whole parts are so much larger than those of neighbourhoods that they would leave nothing
        // for these.
        budgetOfParts = new WorkBudget(Math.min(limits.work(), limits.workOfLargeTables() / SHARE_OF_PARTS));
        relations = new Relations(setting);
        circuits = new CircuitSearch(relations, hiding, budget);
        neighbourhoods = new Neighbourhoods(relations, hidden);
        below = new double[system.size()];
        above = new double[system.size()];
    }

    boolean proves(int cell) {
        if (setting.components().linksOf(cell).isEmpty()) {
            return true; // Nothing connects the cell with anything: no bound from above.
        }
        for (Breadth breadth : List.of(Breadth.HIDDEN_WIDE, Breadth.HIDDEN)) {
            if (!isEnough(cell)) {
                note(walk(cell, breadth));
            }
        }
        if (!isEnough(cell)) {
            look(cell, neighbourhoods.around(cell), budget);
        }
        if (!isEnough(cell) && !inLargePart.get(cell)) {
            Component component = setting.components().around(cell, hidden, hidden::get);
            if (component.hidden().cardinality() <= limits.hiddenCells()
                    && component.links().size() <= limits.relations()
                    && !budgetOfParts.isSpent()) {
                look(cell, component.hidden().stream().boxed().toList(), budgetOfParts);
            } else {
                inLargePart.or(component.hidden()); // and it only grows
            }
        }
        return isEnough(cell);
    }

    /**
     * Whether all hidden cells are shown to be protected without one that has just been shown: those are looked at anew in whose tables it was moved. Where
     * one is not, the cell is to be hidden again, and all that was found before holds again.
     */
    boolean proveWithout(int shown) {
        BitSet again = new BitSet();
        relying.getOrDefault(shown, Set.of()).forEach(again::set);
        again.and(hidden);
        double[] belowBefore = again.stream().mapToDouble(cell -> below[cell]).toArray();
        double[] aboveBefore = again.stream().mapToDouble(cell -> above[cell]).toArray();
        again.stream().forEach(cell -> {
            below[cell] = 0;
            above[cell] = 0;
        });
        boolean proved = again.stream().allMatch(this::proves);
        if (proved) {
            relying.remove(shown);
            below[shown] = 0;
            above[shown] = 0;
        } else {
            int index = 0;
            for (int cell = again.nextSetBit(0); cell >= 0; cell = again.nextSetBit(cell + 1)) {
                below[cell] = Math.max(below[cell], belowBefore[index]);
                above[cell] = Math.max(above[cell], aboveBefore[index++]);
            }
        }
        return proved;
    }

    /**
     * Cells that have to be hidden for circuits through an unprotected cell to protect it, if such are found. The cell counts as shown to be
     * protected from then on: they are to be hidden.
     */
    Optional<BitSet> opening(int cell, List<Breadth> breadths) {
        for (Breadth breadth : breadths) {
            Walk walk = walk(cell, breadth);
            if (isEnough(cell, widened(walk))) {
                note(walk);
                return Optional.of(walk.cells());
            }
        }
        return Optional.empty();
    }

    /** Goes along circuits in both directions, one after the other. */
    private Walk walk(int cell, Breadth breadth) {
        Walk walk = new Walk(cell);
        CircuitSearch.Standing standing = new CircuitSearch.Standing() {
            @Override
            public double room(int other) {
                return (isHeld(other, cell) ? 0 : relations.room(other)) + walk.at(other);
            }

            @Override
            public double headroom(int other) {
                return relations.headroom(other) - walk.at(other);
            }

            @Override
            public double at(int other) {
                return walk.at(other);
            }
        };
        for (int direction : new int[] {1, -1}) {
            walk.turn();
            boolean further = true;
            for (int i = 0; further && i < MOST_CIRCUITS; i++) {
                double step = wanted(cell, direction, widened(walk)) - direction * walk.at(cell);
                further = step > 0
                        && circuits.through(cell, direction, step, standing, breadth)
                                .map(circuit -> walk.go(circuit, step))
                                .orElse(false);
            }
        }
        return walk;
    }

    /** How far from its true value a cell should be seen to go in a direction; 0 when it need not. */
    private double wanted(int cell, int direction, FeasibleInterval seen) {
        double truth = system.truth(cell);
        double most = 0;
        for (Requirement requirement : requirements(cell)) {
            if (!requirement.satisfiedBy(seen)) {
                double beyond = Math.max(0, direction > 0 ? requirement.to() - truth : truth - requirement.from());
                double other = direction > 0 ? truth - seen.lower() : seen.upper() - truth;
                double width = requirement.width() - other;
                boolean otherEnd = direction > 0
                        ? seen.lower() <= requirement.from() + WHOLE
                        : seen.upper() >= requirement.to() - WHOLE;
                // One direction alone can give the width; the range only both.
                double wanted = !Double.isFinite(width) ? beyond : otherEnd ? Math.min(width, beyond) : width;
                most = Math.max(most, wanted);
            }
        }
        return most;
    }

    /** What was shown to be possible for each hidden cell that something connects with others; more may be. */
    List<HiddenInterval> intervals() {
        List<HiddenInterval> found = new ArrayList<>();
        hidden.stream()
                .filter(cell -> !setting.components().linksOf(cell).isEmpty())
                .forEach(cell -> {
                    FeasibleInterval interval = interval(cell);
                    found.add(new HiddenInterval(
                            system.row(cell),
                            system.measureIndex(cell),
                            decimal(interval.lower()),
                            decimal(interval.upper())));
                });
        return found;
    }

    private static @Nullable BigDecimal decimal(double bound) {
        return Double.isFinite(bound)
                ? BigDecimal.valueOf(Math.round(bound * 1e4), 4).stripTrailingZeros()
                : null;
    }

    private boolean isEnough(int cell) {
        return isEnough(cell, interval(cell));
    }

    private boolean isEnough(int cell, FeasibleInterval interval) {
        return requirements(cell).stream().allMatch(requirement -> requirement.satisfiedBy(interval));
    }

    private List<Requirement> requirements(int cell) {
        return setting.primary().get(cell)
                ? setting.requirements().whenPrimary(cell)
                : setting.requirements().whenComplementary(cell);
    }

    private FeasibleInterval interval(int cell) {
        return interval(cell, below[cell], above[cell]);
    }

    private FeasibleInterval interval(int cell, double down, double up) {
        double lower = system.truth(cell) - down;
        double upper = system.truth(cell) + up;
        return system.onGrain(cell, new FeasibleInterval(lower, upper));
    }

    /** What is known to be possible for the examined cell if all cells on the way are hidden. */
    private FeasibleInterval widened(Walk walk) {
        int cell = walk.examined();
        return interval(cell, Math.max(below[cell], walk.below(cell)), Math.max(above[cell], walk.above(cell)));
    }

    private void look(int cell, List<Integer> variables, WorkBudget work) {
        int index = variables.indexOf(cell);
        if (index < 0 || work.isSpent()) {
            return;
        }
        boolean alone = variables.stream().anyMatch(this::isAlone);
        LinearSystem linear = relations.deviations(variables, lower(cell, variables));
        Optional<FeasibleIntervals> intervals = FeasibleIntervals.of(linear, work);
        if (intervals.isPresent()) {
            intervals.get().of(index);
            BitSet moved = new BitSet();
            for (int i = 0; i < variables.size(); i++) {
                FeasibleInterval seen = intervals.get().seen(i);
                moved.set(variables.get(i), seen.lower() < 0 || seen.upper() > 0);
            }
            for (int i = 0; i < variables.size(); i++) {
                // Who is alone in the examined cell was not held fast: for the others that may be an insider.
                if (i == index || !alone) {
                    FeasibleInterval seen = intervals.get().seen(i);
                    note(variables.get(i), -seen.lower(), seen.upper(), moved);
                }
            }
        }
    }

    private void note(Walk walk) {
        BitSet moved = walk.cells();
        boolean alone = moved.stream().anyMatch(this::isAlone);
        moved.stream()
                .filter(cell -> cell == walk.examined() || !alone)
                .forEach(cell -> note(cell, walk.below(cell), walk.above(cell), moved));
    }

    private void note(int cell, double down, double up, BitSet moved) {
        if (down > below[cell] || up > above[cell]) {
            below[cell] = Math.max(below[cell], down);
            above[cell] = Math.max(above[cell], up);
            moved.stream()
                    .forEach(other -> relying.computeIfAbsent(other, key -> new HashSet<>())
                            .add(cell));
        }
    }

    private double[] lower(int examined, List<Integer> variables) {
        return variables.stream()
                .mapToDouble(cell -> isHeld(cell, examined) ? 0 : -relations.room(cell))
                .toArray();
    }

    /** Whether somebody who may look at the examined cell knows that this one is not smaller. */
    private boolean isHeld(int cell, int examined) {
        return setting.primary().get(examined) && isAlone(cell) && system.row(cell) != system.row(examined);
    }

    private boolean isAlone(int cell) {
        return setting.insiders()
                && Long.valueOf(1).equals(system.evidence(cell).contributingUnits());
    }
}
