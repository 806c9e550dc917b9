package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
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
 * Judges a pattern of hidden cells that somebody else chose, by the same attacker, requirements and limits as {@link Protection} judges its own. It changes
 * nothing: no cell is hidden, shown or rounded. What markers tell goes in as {@link EvidenceTable#told()}.
 *
 * <p>What the shown cells were published as goes in as {@link EvidenceTable#fixed()}; without it they count as published by this appetite. Immutable, any
 * thread; the same table gets the same answer whatever the order of its rows.
 */
public final class PatternAudit {
    private final EvidenceTable given;
    private final RiskAppetite appetite;
    private final AuditLimits limits;

    /** @param table the true values with their evidence */
    public PatternAudit(EvidenceTable table, RiskAppetite appetite, AuditLimits limits) {
        this.given = table;
        this.appetite = appetite;
        this.limits = limits;
    }

    /**
     * A cell of the table.
     *
     * @param row row index
     * @param measure measure index
     */
    public record Place(int row, int measure) {}

    /** How a hidden cell fares. */
    public enum Outcome {
        /** Everything that is required of the cell holds. */
        ENOUGH,
        /** Its interval is too narrow, for everybody or for a single contributor of another hidden cell, or some hidden cells together are. */
        TOO_NARROW,
        /** The part of the table that it is in is too large or contradicts itself: nothing is known, and nothing counts as protected. */
        NOT_AUDITED
    }

    /**
     * @param place the cell
     * @param byRule whether a check hides it; others may only not be worked out
     * @param interval what everybody can work out; null where nothing bounds the cell, or where it was not audited
     * @param outcome how it fares
     */
    public record HiddenCell(
            Place place, boolean byRule, @Nullable HiddenInterval interval, Outcome outcome) {}

    /**
     * One entry for each hidden cell, by row and measure.
     *
     * @param hidden the cells that are hidden
     * @throws IllegalArgumentException when one is no cell of the table, or was published
     */
    public List<HiddenCell> of(Set<Place> hidden) {
        CanonicalOrder order = CanonicalOrder.of(given);
        Setting setting = Setting.of(order.table(), appetite, PrimarySuppression.of(order.table(), appetite), limits);
        BitSet pattern = new BitSet();
        Map<Integer, Integer> sorted = new HashMap<>();
        for (int row = 0; row < order.original().size(); row++) {
            sorted.put(order.original().get(row), row);
        }
        for (Place place : hidden) {
            Integer row = sorted.get(place.row());
            if (row == null
                    || place.measure() < 0
                    || place.measure() >= given.measures().size()) {
                throw new IllegalArgumentException("No cell of the table is hidden there");
            }
            pattern.set(setting.system().cell(row, place.measure()));
        }
        if (pattern.intersects(setting.fixed())) {
            throw new IllegalArgumentException("A cell cannot be hidden and published");
        }
        List<HiddenCell> found = new ArrayList<>();
        Set<Integer> narrow = new HashSet<>();
        Set<Integer> notAudited = unaudited(setting, pattern);
        violations(setting, pattern, narrow, notAudited);
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        BitSet open = (BitSet) pattern.clone();
        for (int cell = open.nextSetBit(0); cell >= 0; cell = open.nextSetBit(cell + 1)) {
            Component component = auditor.componentOf(cell, pattern);
            open.andNot(component.hidden());
            Map<Integer, HiddenInterval> intervals = new HashMap<>();
            auditor.intervals(component, pattern)
                    .forEach(one -> intervals.put(setting.system().cell(one.row(), one.measure()), one));
            boolean audited = component.hidden().stream().noneMatch(notAudited::contains);
            component.hidden().stream()
                    .mapToObj(one -> judged(setting, order, one, intervals, narrow, audited, component))
                    .forEach(found::add);
        }
        found.sort((a, b) -> a.place().row() != b.place().row()
                ? Integer.compare(a.place().row(), b.place().row())
                : Integer.compare(a.place().measure(), b.place().measure()));
        return List.copyOf(found);
    }

    /** Hidden cells in relations that the data contradicts, or of which a value is unknown. */
    private static Set<Integer> unaudited(Setting setting, BitSet pattern) {
        Set<Integer> cells = new HashSet<>();
        for (Link link : setting.system().broken()) {
            for (int cell : link.cells()) {
                if (pattern.get(cell)) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    /** One violation for each part of the table: the auditor reports the first it finds. */
    private void violations(Setting setting, BitSet pattern, Set<Integer> narrow, Set<Integer> notAudited) {
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        BitSet excused = new BitSet();
        Optional<Violation> violation = auditor.firstViolation(pattern, excused);
        while (violation.isPresent()) {
            int cell = violation.get().cell();
            switch (violation.get()) {
                case Violation.TooNarrow tooNarrow -> narrow.add(cell);
                case Violation.NotAudited part -> notAudited.add(cell);
            }
            excused.or(auditor.componentOf(cell, pattern).hidden());
            violation = auditor.firstViolation(pattern, excused);
        }
    }

    private static HiddenCell judged(
            Setting setting,
            CanonicalOrder order,
            int cell,
            Map<Integer, HiddenInterval> intervals,
            Set<Integer> narrow,
            boolean audited,
            Component component) {
        int measure = setting.system().measureIndex(cell);
        int original = order.original().get(setting.system().row(cell));
        HiddenInterval found = intervals.get(cell);
        HiddenInterval interval =
                found == null ? null : new HiddenInterval(original, measure, found.lower(), found.upper());
        boolean byRule = setting.primary().get(cell);
        // Where nothing connects the cell with anything, what is told of it is all that is known.
        FeasibleInterval told = new FeasibleInterval(
                setting.attacker().floor(cell), setting.attacker().roof(cell));
        boolean alone = interval == null && component.links().isEmpty();
        FeasibleInterval known = interval == null ? told : feasible(interval);
        boolean enough = (alone || interval != null)
                && (byRule
                                ? setting.requirements().whenPrimary(cell)
                                : setting.requirements().whenComplementary(cell))
                        .stream().allMatch(requirement -> requirement.satisfiedBy(known));
        Outcome outcome;
        if (narrow.contains(cell) || ((interval != null || alone) && !enough)) {
            outcome = Outcome.TOO_NARROW;
        } else {
            outcome = enough && audited ? Outcome.ENOUGH : Outcome.NOT_AUDITED;
        }
        HiddenInterval seen = alone && Double.isFinite(told.upper())
                ? new HiddenInterval(
                        original, measure, BigDecimal.valueOf(told.lower()), BigDecimal.valueOf(told.upper()))
                : interval;
        return new HiddenCell(new Place(original, measure), byRule, seen, outcome);
    }

    private static FeasibleInterval feasible(HiddenInterval interval) {
        return new FeasibleInterval(
                end(interval.lower(), Double.NEGATIVE_INFINITY), end(interval.upper(), Double.POSITIVE_INFINITY));
    }

    private static double end(@Nullable BigDecimal bound, double otherwise) {
        return bound == null ? otherwise : bound.doubleValue();
    }
}
