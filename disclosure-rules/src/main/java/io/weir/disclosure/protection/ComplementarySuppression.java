package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
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
final class ComplementarySuppression {
    private static final int MOST_TO_TAKE_BACK = 60;

    private final Setting setting;
    private final boolean zerosShown;
    private final AuditLimits limits;
    private final BitSet hidden;
    private final BitSet surrendered = new BitSet();
    private final BitSet given = new BitSet();
    private final List<String> conservative = new ArrayList<>();
    private final List<String> exposed = new ArrayList<>();

    ComplementarySuppression(Setting setting, boolean zerosShown, AuditLimits limits) {
        this.setting = setting;
        this.zerosShown = zerosShown;
        this.limits = limits;
        hidden = (BitSet) setting.primary().clone();
    }

    /**
     * @param hidden the pattern
     * @param proof how far it was shown to protect
     * @param intervals feasible intervals of hidden cells, as far as they could be computed
     */
    record Pattern(BitSet hidden, Proof proof, List<HiddenInterval> intervals) {}

    Pattern find() {
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        surrenderUnauditable();
        Optional<Violation> violation = auditor.firstViolation(hidden, given);
        while (violation.isPresent()) {
            switch (violation.get()) {
                case Violation.TooNarrow narrow -> repair(narrow, auditor);
                case Violation.NotAudited part -> surrender(part.cell(), "was too large or too irregular to audit");
            }
            violation = auditor.firstViolation(hidden, given);
        }
        takeBack();
        return new Pattern(hidden, proof(), intervals());
    }

    private void repair(Violation.TooNarrow violation, Auditor auditor) {
        Optional<Integer> cell = candidate(violation.blocking(), violation.cell())
                .or(() ->
                        candidate(auditor.componentOf(violation.cell(), hidden).links(), violation.cell()));
        if (cell.isPresent()) {
            hidden.set(cell.get());
        } else {
            surrender(violation.cell(), "left nothing more to hide");
        }
    }

    private Optional<Integer> candidate(List<Link> links, int forCell) {
        double room = setting.whenPrimary().get(forCell).stream()
                .mapToDouble(requirement -> Double.isFinite(requirement.width())
                        ? requirement.width()
                        : requirement.to() - requirement.from())
                .max()
                .orElse(0);
        return links.stream()
                .flatMap(link -> Arrays.stream(link.cells()).boxed())
                .distinct()
                .filter(this::mayHide)
                .min(Comparator.comparing((Integer cell) -> size(cell) < room)
                        .thenComparingLong(this::newlyOpened)
                        .thenComparingDouble(cell -> size(cell) < room ? -size(cell) : size(cell))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private boolean mayHide(int cell) {
        return !hidden.get(cell) && !setting.fixed().get(cell) && !(zerosShown && size(cell) == 0);
    }

    private double size(int cell) {
        return Math.abs(setting.system().truth(cell));
    }

    /** Equations that have no hidden cell yet and would get their first, which alone would give it away. */
    private long newlyOpened(int cell) {
        return setting.components().linksOf(cell).stream()
                .filter(Link::equation)
                .filter(link -> Arrays.stream(link.cells()).noneMatch(hidden::get))
                .count();
    }

    private void surrenderUnauditable() {
        for (Link link : setting.system().broken()) {
            int start = link.cells()[0];
            BitSet part = whole(start);
            if (!surrendered.get(start) && part.intersects(hidden)) {
                surrender(start, "has unknown or contradictory numbers");
                if (part.intersects(setting.fixed())) {
                    surrender(start, "has unknown or contradictory numbers");
                }
            }
        }
    }

    /** Hides a whole linked part. What was published earlier stays known; if anything of that kind is left, the audit decides. */
    private void surrender(int start, String because) {
        BitSet part = whole(start);
        boolean again = surrendered.intersects(part);
        boolean publishedInside = part.intersects(setting.fixed());
        part.stream().filter(this::mayHide).forEach(hidden::set);
        surrendered.or(part);
        String where = setting.system().measure(start).name();
        if (!publishedInside) {
            given.or(part);
            conservative.add("A linked part of " + where + " was hidden as a whole because it " + because + ".");
        } else if (again) {
            given.or(part);
            exposed.add("Hidden cells of " + where + " can be worked out from what was published earlier.");
        }
    }

    private BitSet whole(int start) {
        BitSet everything = new BitSet();
        everything.set(0, setting.system().size());
        return setting.everything().around(start, everything, cell -> true).hidden();
    }

    /** Shows again what turns out not to be needed, largest first, as long as the audit agrees. */
    private void takeBack() {
        BitSet added = (BitSet) hidden.clone();
        added.andNot(setting.primary());
        added.andNot(surrendered);
        if (added.cardinality() > MOST_TO_TAKE_BACK) {
            return;
        }
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        added.stream()
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> -size(cell))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(cell -> {
                    hidden.clear(cell);
                    if (auditor.firstViolation(hidden, given).isPresent()) {
                        hidden.set(cell);
                    }
                });
    }

    private Proof proof() {
        if (!exposed.isEmpty()) {
            return new Proof.NotProtected(exposed);
        }
        return conservative.isEmpty() ? new Proof.Audited() : new Proof.Conservative(conservative);
    }

    private List<HiddenInterval> intervals() {
        Auditor auditor = new Auditor(setting, limits, new WorkBudget(limits.work()));
        List<HiddenInterval> intervals = new ArrayList<>();
        BitSet open = (BitSet) hidden.clone();
        for (int cell = open.nextSetBit(0); cell >= 0; cell = open.nextSetBit(cell + 1)) {
            Component component = auditor.componentOf(cell, hidden);
            open.andNot(component.hidden());
            intervals.addAll(auditor.intervals(component, hidden));
        }
        return intervals;
    }
}
