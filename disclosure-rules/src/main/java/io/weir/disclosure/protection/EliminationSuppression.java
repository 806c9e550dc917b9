package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.protection.CircuitSearch.Breadth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * For large and linked tables: a pattern from which no protected cell follows, by elimination; then every hidden cell and every union of hidden
 * cells is looked at, and where it is not shown to be protected another cell is hidden and looked at in turn. Hiding more never narrows what a
 * hidden cell can be, so that each is shown once.
 */
final class EliminationSuppression implements SuppressionMethod {
    private static final int PATIENCE = 4;
    private static final int MOST_TO_TAKE_BACK =
            200; // beyond, it takes several times as long as the pattern, and shows few again

    private final Setting setting;
    private final Hiding hiding;
    private final WitnessAuditor auditor;
    private final WorkBudget budget;
    private final Map<Integer, Integer> repaired = new HashMap<>();

    EliminationSuppression(Setting setting, Hiding hiding, AuditLimits limits) {
        this.setting = setting;
        this.hiding = hiding;
        budget = new WorkBudget(limits.workOfLargeTables());
        auditor = new WitnessAuditor(setting, hiding, limits, budget);
    }

    @Override
    public Pattern find() {
        hiding.surrenderUnauditable();
        new PublicationOrder(setting, hiding, Eligible.of(setting, hiding), budget).hide();
        BitSet hidden = hiding.hidden();
        BitSet open = (BitSet) hidden.clone();
        for (int cell = open.nextSetBit(0); cell >= 0; cell = open.nextSetBit(0)) {
            Optional<Link> union = exposedUnion(cell);
            if (hiding.given().get(cell) || (union.isEmpty() && auditor.proves(cell))) {
                open.clear(cell);
            } else {
                List<Link> own = setting.components().linksOf(cell);
                repair(cell, union.isPresent(), union.map(List::of).orElse(own), open);
            }
        }
        takeBack();
        return new Pattern(hidden, hiding.proof(), auditor.intervals());
    }

    /** Shows again what turns out not to be needed, largest first, as long as every hidden cell is still shown to be protected. */
    private void takeBack() {
        BitSet hidden = hiding.hidden();
        BitSet added = (BitSet) hidden.clone();
        added.andNot(setting.primary());
        added.andNot(hiding.surrendered());
        if (added.cardinality() > MOST_TO_TAKE_BACK) {
            return;
        }
        added.stream()
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> -hiding.size(cell))
                        .thenComparing(Comparator.naturalOrder()))
                .takeWhile(cell -> !budget.isSpent())
                .forEach(cell -> {
                    hidden.clear(cell);
                    if (exposedUnion(cell).isPresent() || !auditor.proveWithout(cell)) {
                        hidden.set(cell);
                    }
                });
    }

    private Optional<Link> exposedUnion(int cell) {
        return setting.components().linksOf(cell).stream()
                .filter(link -> setting.unions()
                        .violationIn(new Component(List.of(link), hiding.hidden()), hiding.hidden())
                        .isPresent())
                .findFirst();
    }

    private void repair(int cell, boolean exposed, List<Link> links, BitSet open) {
        if (budget.isSpent()) {
            hiding.surrender(cell, "was too large to audit");
            open.or(hiding.hidden());
            return;
        }
        int times = repaired.merge(cell, 1, Integer::sum);
        Optional<BitSet> opening = exposed
                ? Optional.empty()
                : auditor.opening(
                        cell, times > PATIENCE ? List.of(Breadth.UPWARDS) : List.of(Breadth.ANY_WIDE, Breadth.ANY));
        if (opening.isPresent()) {
            BitSet added = opening.get();
            added.andNot(hiding.hidden());
            hiding.hidden().or(added);
            open.or(added);
            return;
        }
        Optional<Integer> added = hiding.candidate(links, cell);
        Set<Link> looked = new LinkedHashSet<>(links);
        for (List<Link> next = links; added.isEmpty() && !next.isEmpty(); ) {
            next = beyond(next, looked);
            added = hiding.candidate(next, cell);
        }
        if (added.isPresent()) {
            hiding.hidden().set(added.get());
            open.set(added.get());
        } else {
            hiding.surrender(cell, "left nothing more to hide");
            open.or(hiding.hidden());
        }
    }

    /** Relations that hang on these by a hidden cell and were not looked at. */
    private List<Link> beyond(List<Link> links, Set<Link> looked) {
        List<Link> found = new ArrayList<>();
        for (Link link : links) {
            for (int cell : link.cells()) {
                if (hiding.hidden().get(cell)) {
                    setting.components().linksOf(cell).stream()
                            .filter(looked::add)
                            .forEach(found::add);
                }
            }
        }
        return found;
    }
}
