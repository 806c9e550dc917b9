package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Hides further cells until no audit finds a hidden cell that can be worked out too closely, then takes back what was not needed.
 *
 * <p>Each step repairs the first violation, in address order, by the cell that gives the needed room at the least loss: it opens few
 * relations that were complete, then it has the smallest value, then the smallest address. When nothing is left to hide, or a part is
 * too large to audit, the part is hidden as a whole; then only zeros and what was published earlier remain beside the hidden cells.
 */
final class ComplementarySuppression implements SuppressionMethod {
    private static final int MOST_TO_TAKE_BACK = 60;
    private static final int MOST_MORE_AT_A_TIME = 8;

    private final Setting setting;
    private final Hiding hiding;
    private final AuditLimits limits;

    ComplementarySuppression(Setting setting, Hiding hiding, AuditLimits limits) {
        this.setting = setting;
        this.hiding = hiding;
        this.limits = limits;
    }

    @Override
    public Pattern find() {
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        BitSet hidden = hiding.hidden();
        hiding.surrenderUnauditable();
        Optional<Violation> violation = auditor.firstViolation(hidden, hiding.given());
        while (violation.isPresent()) {
            switch (violation.get()) {
                case Violation.TooNarrow narrow -> repair(narrow, auditor);
                case Violation.NotAudited part ->
                    hiding.surrender(part.cell(), "was too large or too irregular to audit");
            }
            violation = auditor.firstViolation(hidden, hiding.given());
        }
        takeBack();
        if (limits.workOfLargeTables() > 0) {
            exchange();
            hideLeast();
        }
        return new Pattern(hidden, hiding.proof(), intervals());
    }

    private void repair(Violation.TooNarrow violation, Auditor auditor) {
        Optional<Integer> cell = candidate(violation, auditor);
        if (cell.isPresent()) {
            hiding.hidden().set(cell.get());
        } else {
            hiding.surrender(violation.cell(), "left nothing more to hide");
        }
    }

    private Optional<Integer> candidate(Violation.TooNarrow violation, Auditor auditor) {
        return hiding.candidate(violation.blocking(), violation.cell())
                .or(() -> hiding.candidate(
                        auditor.componentOf(violation.cell(), hiding.hidden()).links(), violation.cell()));
    }

    /** Shows again what turns out not to be needed, largest first, as long as the audit agrees. */
    private void takeBack() {
        takeBack(new Auditor(setting, limits, new WorkBudget(limits.work())));
    }

    private void takeBack(Auditor auditor) {
        BitSet hidden = hiding.hidden();
        for (int cell : added()) {
            hidden.clear(cell);
            if (auditor.firstViolation(hidden, hiding.given()).isPresent()) {
                hidden.set(cell);
            }
        }
    }

    /** Complementary cells that somebody could show again, largest first; none where they are too many to look at. */
    private List<Integer> added() {
        BitSet added = (BitSet) hiding.hidden().clone();
        added.andNot(setting.primary());
        added.andNot(hiding.surrendered());
        return added.cardinality() > MOST_TO_TAKE_BACK
                ? List.of()
                : added.stream()
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer cell) -> -hiding.size(cell))
                                .thenComparing(Comparator.naturalOrder()))
                        .toList();
    }

    /**
     * Shows one cell after the other, largest first, hides others for it, and keeps that where neither more cells nor more of the value are hidden, and less
     * of one of them. Only for those who do not mind other patterns than before.
     */
    private void exchange() {
        BitSet hidden = hiding.hidden();
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work() / 2));
        for (int cell : added()) {
            BitSet before = (BitSet) hidden.clone();
            if (!hidden.get(cell)) {
                continue; // shown for another one
            }
            hidden.clear(cell);
            hiding.spared().set(cell);
            boolean closed = closes(auditor, before.cardinality());
            if (closed) {
                takeBack(auditor);
            }
            hiding.spared().clear(cell);
            if (!closed || !isBetter(hidden, before)) {
                hidden.clear();
                hidden.or(before);
            }
        }
    }

    /** Whether hiding others protects all hidden cells, before they are more than there may be for a time. */
    private boolean closes(Auditor auditor, int cells) {
        BitSet hidden = hiding.hidden();
        Optional<Violation> violation = auditor.firstViolation(hidden, hiding.given());
        while (violation.isPresent()) {
            if (!(violation.get() instanceof Violation.TooNarrow narrow)
                    || hidden.cardinality() >= cells + MOST_MORE_AT_A_TIME) {
                return false;
            }
            Optional<Integer> another = candidate(narrow, auditor);
            if (another.isEmpty()) {
                return false;
            }
            hidden.set(another.get());
            violation = auditor.firstViolation(hidden, hiding.given());
        }
        return true;
    }

    /** Of tables with few complementary cells the best pattern that is found in the time: as many cells at most, and as much of the value. */
    private void hideLeast() {
        if (hiding.surrendered().isEmpty() && !added().isEmpty()) {
            WorkBudget budget = new WorkBudget(limits.work() / 2);
            BitSet least = new LeastPattern(setting, hiding, new Auditor(setting, limits, budget), budget).find();
            hiding.hidden().clear();
            hiding.hidden().or(least);
        }
    }

    private boolean isBetter(BitSet pattern, BitSet than) {
        int cells = pattern.cardinality() - than.cardinality();
        double value = value(pattern) - value(than);
        return cells <= 0 && value <= 0 && (cells < 0 || value < 0);
    }

    private double value(BitSet pattern) {
        return pattern.stream().mapToDouble(hiding::size).sum();
    }

    private List<HiddenInterval> intervals() {
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        BitSet hidden = hiding.hidden();
        List<HiddenInterval> intervals = new ArrayList<>();
        BitSet open = (BitSet) hidden.clone();
        for (int cell = open.nextSetBit(0); cell >= 0; cell = open.nextSetBit(cell + 1)) {
            if (setting.components().isAlone(cell)) {
                continue;
            }
            Component component = auditor.componentOf(cell, hidden);
            open.andNot(component.hidden());
            intervals.addAll(auditor.intervals(component, hidden));
        }
        return intervals;
    }
}
