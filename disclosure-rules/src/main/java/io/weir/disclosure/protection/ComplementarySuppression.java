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
        return new Pattern(hidden, hiding.proof(), intervals());
    }

    private void repair(Violation.TooNarrow violation, Auditor auditor) {
        Optional<Integer> cell = hiding.candidate(violation.blocking(), violation.cell())
                .or(() -> hiding.candidate(
                        auditor.componentOf(violation.cell(), hiding.hidden()).links(), violation.cell()));
        if (cell.isPresent()) {
            hiding.hidden().set(cell.get());
        } else {
            hiding.surrender(violation.cell(), "left nothing more to hide");
        }
    }

    /** Shows again what turns out not to be needed, largest first, as long as the audit agrees. */
    private void takeBack() {
        BitSet hidden = hiding.hidden();
        BitSet added = (BitSet) hidden.clone();
        added.andNot(setting.primary());
        added.andNot(hiding.surrendered());
        if (added.cardinality() > MOST_TO_TAKE_BACK) {
            return;
        }
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        added.stream()
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> -hiding.size(cell))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(cell -> {
                    hidden.clear(cell);
                    if (auditor.firstViolation(hidden, hiding.given()).isPresent()) {
                        hidden.set(cell);
                    }
                });
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
