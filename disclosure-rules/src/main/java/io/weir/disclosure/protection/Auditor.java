package io.weir.disclosure.protection;

import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.FeasibleIntervals;
import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.WorkBudget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a pattern as an attacker would, part by part: relation by relation first, then by linear programmes over the whole part, then
 * once more as each single contributor who knows the own part of a cell. The first thing found is reported; silence is the proof.
 *
 * <p>For counts the ends of an interval are moved inwards to whole numbers. In tables with three or more dimensions the whole-number
 * interval can be narrower still; that is not examined.
 */
final class Auditor {
    private final CellSystem system;
    private final Components components;
    private final Attacker attacker;
    private final HiddenUnions unions;
    private final BitSet primary;
    private final boolean insiders;
    private final Requirements requirements;
    private final AuditLimits limits;
    private final WorkBudget budget;
    private final Set<BitSet> proved = new HashSet<>();

    Auditor(Setting setting, AuditLimits limits, WorkBudget budget) {
        this.system = setting.system();
        this.components = setting.components();
        this.attacker = setting.attacker();
        this.unions = setting.unions();
        this.primary = setting.primary();
        this.insiders = setting.insiders();
        this.requirements = setting.requirements();
        this.limits = limits;
        this.budget = budget;
    }

    /** What is wrong with the pattern, if anything; cells of {@code excused} are not looked at. */
    Optional<Violation> firstViolation(BitSet hidden, BitSet excused) {
        BitSet open = (BitSet) hidden.clone();
        open.andNot(excused);
        for (int cell = open.nextSetBit(0); cell >= 0; cell = open.nextSetBit(cell + 1)) {
            if (components.isAlone(cell)) {
                continue; // No bound from above.
            }
            Component component = componentOf(cell, hidden);
            open.andNot(component.hidden());
            if (!proved.contains(component.hidden())) {
                Optional<Violation> violation = violationIn(component, hidden);
                if (violation.isPresent()) {
                    return violation;
                }
                proved.add(component.hidden());
            }
        }
        return Optional.empty();
    }

    Component componentOf(int cell, BitSet hidden) {
        return components.around(cell, hidden, other -> !attacker.isCertain(other, hidden));
    }

    /** Intervals of all hidden cells of a component, as far as they can be computed. */
    List<HiddenInterval> intervals(Component component, BitSet hidden) {
        List<Integer> cells = component.hidden().stream().boxed().toList();
        List<HiddenInterval> found = new ArrayList<>();
        if (!component.links().isEmpty() && isAuditable(component)) {
            FeasibleIntervals.of(attacker.systemOf(component, cells, hidden), budget)
                    .ifPresent(intervals -> {
                        for (int index = 0; index < cells.size(); index++) {
                            int cell = cells.get(index);
                            intervals
                                    .of(index)
                                    .ifPresent(interval -> found.add(published(cell, whole(cell, interval))));
                        }
                    });
        }
        return found;
    }

    private HiddenInterval published(int cell, FeasibleInterval interval) {
        return new HiddenInterval(
                system.row(cell), system.measureIndex(cell), decimal(interval.lower()), decimal(interval.upper()));
    }

    private static @Nullable BigDecimal decimal(double bound) {
        return Double.isFinite(bound)
                ? BigDecimal.valueOf(Math.round(bound * 1e4), 4).stripTrailingZeros()
                : null;
    }

    private boolean isAuditable(Component component) {
        return component.hidden().cardinality() <= limits.hiddenCells()
                && component.links().size() <= limits.relations();
    }

    /**
     * Cells that have a part in what bounds a hidden one: as long as no other one of them is hidden, everybody can work it out as closely, whatever else is
     * hidden. Empty when the work is used up.
     */
    Optional<BitSet> binding(int cell, BitSet hidden) {
        BitSet everything = new BitSet();
        everything.set(0, system.size());
        Component whole = components.around(cell, everything, other -> true);
        List<Integer> cells = whole.hidden().stream().boxed().toList();
        return FeasibleIntervals.of(attacker.systemOf(whole, cells, hidden), budget)
                .flatMap(intervals -> intervals.binding(cells.indexOf(cell)))
                .map(indexes -> {
                    BitSet binding = new BitSet();
                    indexes.stream()
                            .filter(index -> index < cells.size())
                            .forEach(index -> binding.set(cells.get(index)));
                    return binding;
                });
    }

    /** Whether everybody can work one hidden cell out too closely; true as well when the work is used up. */
    boolean isNarrowToEverybody(int cell, BitSet hidden) {
        return isNarrow(cell, hidden, false);
    }

    /** The same of everybody and of single contributors to another cell. */
    boolean isNarrow(int cell, BitSet hidden) {
        return isNarrow(cell, hidden, insiders);
    }

    private boolean isNarrow(int cell, BitSet hidden, boolean toInsiders) {
        Component component = componentOf(cell, hidden);
        if (component.links().isEmpty()) {
            return false;
        }
        BitSet examined = new BitSet();
        examined.set(cell);
        List<Integer> cells = component.hidden().stream().boxed().toList();
        LinearSystem linear = attacker.systemOf(component, cells, hidden);
        return violationOf(linear, cells, examined, component)
                .or(() -> toInsiders ? violationOfInsiders(linear, cells, component, examined) : Optional.empty())
                .isPresent();
    }

    /** All hidden cells of the part around one that everybody can work out too closely, as far as there is work left. */
    List<Integer> narrowAround(int cell, BitSet hidden) {
        Component component = componentOf(cell, hidden);
        List<Integer> cells = component.hidden().stream().boxed().toList();
        List<Integer> narrow = new ArrayList<>();
        FeasibleIntervals.of(attacker.systemOf(component, cells, hidden), budget)
                .ifPresent(intervals -> {
                    for (int index = 0; index < cells.size(); index++) {
                        int one = cells.get(index);
                        if (!isEnough(one, intervals.seen(index))
                                && intervals
                                        .of(index)
                                        .filter(found -> !isEnough(one, found))
                                        .isPresent()) {
                            narrow.add(one);
                        }
                    }
                });
        return narrow;
    }

    private Optional<Violation> violationIn(Component component, BitSet hidden) {
        if (component.links().isEmpty()) {
            return Optional.empty(); // Nothing connects the cell with anything: no bound from above.
        }
        if (!isAuditable(component)) {
            // Before anything else: hiding more cells can only make it larger, at a cost that nothing bounds.
            return Optional.of(new Violation.NotAudited(component.hidden().nextSetBit(0)));
        }
        Propagation propagation = new Propagation(system, attacker, component, hidden, this::isEnough, budget);
        Optional<Violation> quick = unions.violationIn(component, hidden).or(propagation::firstTooNarrow);
        if (quick.isPresent()) {
            return quick;
        }
        List<Integer> cells = component.hidden().stream().boxed().toList();
        LinearSystem linear = attacker.systemOf(component, cells, hidden);
        return violationOf(linear, cells, component.hidden(), component)
                .or(() -> insiders
                        ? violationOfInsiders(linear, cells, component, component.hidden())
                        : Optional.empty());
    }

    /**
     * Who is alone in a hidden cell knows the own contribution to it, though not of being alone: a hidden cell does not say how many it has.
     * They must not learn another protected cell from that.
     */
    private Optional<Violation> violationOfInsiders(
            LinearSystem linear, List<Integer> cells, Component component, BitSet examined) {
        List<Integer> rows = cells.stream()
                .filter(cell -> Long.valueOf(1).equals(system.evidence(cell).contributingUnits()))
                .map(system::row)
                .distinct()
                .toList();
        for (int row : rows) {
            double[] lower = linear.lower().clone();
            BitSet others = new BitSet();
            for (int index = 0; index < cells.size(); index++) {
                int cell = cells.get(index);
                if (system.row(cell) == row) {
                    lower[index] = Math.max(lower[index], system.truth(cell));
                } else if (primary.get(cell) && examined.get(cell)) {
                    others.set(cell);
                }
            }
            LinearSystem inside = new LinearSystem(lower, linear.upper(), linear.relations());
            Optional<Violation> violation = violationOf(inside, cells, others, component);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> violationOf(
            LinearSystem linear, List<Integer> cells, BitSet examined, Component component) {
        if (examined.isEmpty()) {
            return Optional.empty();
        }
        Violation notAudited = new Violation.NotAudited(cells.getFirst());
        Optional<FeasibleIntervals> intervals = FeasibleIntervals.of(linear, budget);
        if (intervals.isEmpty()) {
            return Optional.of(notAudited);
        }
        for (int index = 0; index < cells.size(); index++) {
            int cell = cells.get(index);
            if (examined.get(cell) && !isEnough(cell, intervals.get().seen(index))) {
                Optional<FeasibleInterval> interval = intervals.get().of(index);
                if (interval.isEmpty()) {
                    return Optional.of(notAudited);
                }
                if (!isEnough(cell, interval.get())) {
                    List<Link> blocking = component.links().stream()
                            .filter(link -> link.touches(cell))
                            .toList();
                    return Optional.of(new Violation.TooNarrow(cell, blocking));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isEnough(int cell, FeasibleInterval interval) {
        FeasibleInterval whole = whole(cell, interval);
        return (primary.get(cell) ? requirements.whenPrimary(cell) : requirements.whenComplementary(cell))
                .stream().allMatch(requirement -> requirement.satisfiedBy(whole));
    }

    private FeasibleInterval whole(int cell, FeasibleInterval interval) {
        return system.onGrain(cell, interval);
    }
}
