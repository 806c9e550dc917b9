package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.check.Cell;
import io.weir.disclosure.check.Check;
import io.weir.disclosure.check.HoldingsCheck;
import io.weir.disclosure.check.NkDominance;
import io.weir.disclosure.check.PPercent;
import io.weir.disclosure.check.PriorPosteriorRule;
import io.weir.disclosure.check.RequestRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Hidden cells of one side of an equation are published as their sum: the other side says it. That sum must pass as a cell of its own:
 * enough contributors and, where the profile looks at them, owners, and for sums no dominance. Contributors of different cells are
 * taken to be different people only where the numbers of contributors add up over the whole equation; otherwise the largest ones are
 * taken to be the same person.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 4.3, on protecting unions of suppressed cells.
 */
final class HiddenUnions {
    private static final List<Check> CONCENTRATION_RULES = List.of(
            new NkDominance(), new PPercent(), new PriorPosteriorRule(), new HoldingsCheck(), new RequestRule());

    private final EvidenceTable table;
    private final CellSystem system;
    private final RiskAppetite appetite;

    HiddenUnions(EvidenceTable table, CellSystem system, RiskAppetite appetite) {
        this.table = table;
        this.system = system;
        this.appetite = appetite;
    }

    Optional<Violation> violationIn(Component component, BitSet hidden) {
        for (Link link : component.links()) {
            int[] union = unionOf(link, hidden);
            if (union.length > 1 && !passes(link, union)) {
                return Optional.of(new Violation.TooNarrow(union[0], List.of(link)));
            }
        }
        return Optional.empty();
    }

    /** The hidden cells, when all of them stand on one side; none when that side is a margin shown as such. */
    private int[] unionOf(Link link, BitSet hidden) {
        int[] left = side(link, hidden, 1);
        int[] right = side(link, hidden, -1);
        int[] none = {};
        if (!link.equation() || (left.length > 0) == (right.length > 0)) {
            return none;
        }
        int[] union = left.length > 0 ? left : right;
        double sign = left.length > 0 ? 1 : -1;
        long ownSide = IntStream.range(0, link.cells().length)
                .filter(i -> link.coefficients()[i] == sign)
                .count();
        long otherSide = link.cells().length - ownSide;
        return ownSide == union.length && otherSide == 1 ? none : union;
    }

    private static int[] side(Link link, BitSet hidden, double sign) {
        return IntStream.range(0, link.cells().length)
                .filter(i -> link.coefficients()[i] == sign)
                .map(i -> link.cells()[i])
                .filter(hidden::get)
                .toArray();
    }

    private boolean passes(Link link, int[] union) {
        MeasureKind kind = system.measure(union[0]).kind();
        if (IntStream.of(union).anyMatch(cell -> system.evidence(cell).contributingUnits() == null)) {
            return false;
        }
        // Readers who know who is in several cells know of fewer people.
        long twice = table.readers().overlaps() ? overlap(link) : 0;
        long counted = IntStream.of(union).mapToLong(this::contributors).sum();
        long contributors = Math.max(0, counted - twice);
        // Where zeros are hidden nobody is like few: or more cells would be hidden where it is somebody.
        boolean few = counted > 0 || appetite.zeros() == ZeroRule.HIDDEN;
        if (few && contributors < appetite.threshold()) {
            return false;
        }
        if (counted == 0) {
            return true;
        }
        Cell merged = merged(union, contributors, areDisjoint(link));
        if (kind != MeasureKind.SUM) {
            return new HoldingsCheck().judge(merged, appetite) instanceof Verdict.Pass;
        }
        return CONCENTRATION_RULES.stream().allMatch(rule -> rule.judge(merged, appetite) instanceof Verdict.Pass);
    }

    private boolean areDisjoint(Link link) {
        return overlap(link) == 0;
    }

    /** How many more contributors one side has than the other. */
    private long overlap(Link link) {
        long sum = 0;
        for (int i = 0; i < link.cells().length; i++) {
            sum += (link.coefficients()[i] > 0 ? 1 : -1) * contributors(link.cells()[i]);
        }
        return Math.abs(sum);
    }

    private long contributors(int cell) {
        Long contributors = system.evidence(cell).contributingUnits();
        return contributors == null ? 0 : contributors;
    }

    private Cell merged(int[] union, long contributors, boolean disjoint) {
        BigDecimal largest = BigDecimal.ZERO;
        BigDecimal second = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        boolean complete = true;
        for (int cell : union) {
            Evidence evidence = system.evidence(cell);
            BigDecimal ownLargest = evidence.largest();
            BigDecimal ownSecond = evidence.secondLargest();
            BigDecimal ownTotal = evidence.absoluteTotal();
            if (evidence.isEmpty()) {
                continue;
            }
            if (ownLargest == null || ownSecond == null || ownTotal == null) {
                complete = false;
                continue;
            }
            total = total.add(ownTotal);
            if (disjoint) {
                second = largest.min(ownLargest).max(second).max(ownSecond);
                largest = largest.max(ownLargest);
            } else {
                largest = largest.add(ownLargest);
                second = second.add(ownSecond);
            }
        }
        Evidence evidence = complete
                ? new Evidence(null, contributors, largest, second, total, null)
                : new Evidence(null, contributors, null, null, null, null);
        Address address = table.rows().get(system.row(union[0])).address();
        Evidence owned = holdings(union).map(evidence::with).orElse(evidence);
        Evidence asked = requests(union, disjoint).map(owned::with).orElse(owned);
        return new Cell(new EvidenceRow(address, null, null, List.of()), system.measure(union[0]), asked);
    }

    /** An owner may have subjects in every cell: the largest owners are always taken to be the same. Unknown when one cell's owners are. */
    private Optional<Holdings> holdings(int[] union) {
        long contributing = 0;
        BigDecimal largest = BigDecimal.ZERO;
        BigDecimal second = BigDecimal.ZERO;
        for (int cell : union) {
            Evidence evidence = system.evidence(cell);
            Optional<Holdings> own = evidence.particular(Holdings.class);
            if (own.isEmpty() && !evidence.isEmpty()) {
                return Optional.empty();
            }
            if (own.isPresent()) {
                contributing = Math.max(contributing, own.get().contributing());
                largest = largest.add(own.get().largest());
                second = second.add(own.get().secondLargest());
            }
        }
        return Optional.of(new Holdings(contributing, largest, second));
    }

    private Optional<Requests> requests(int[] union, boolean disjoint) {
        BigDecimal largest = BigDecimal.ZERO;
        for (int cell : union) {
            Evidence evidence = system.evidence(cell);
            Optional<Requests> own = evidence.particular(Requests.class);
            if (own.isEmpty() && !evidence.isEmpty()) {
                return Optional.empty();
            }
            BigDecimal asked = own.map(Requests::largest).orElse(BigDecimal.ZERO);
            largest = disjoint ? largest.max(asked) : largest.add(asked);
        }
        return Optional.of(new Requests(largest));
    }
}
