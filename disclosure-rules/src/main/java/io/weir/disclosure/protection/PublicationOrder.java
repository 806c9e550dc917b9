package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Publishes cell after cell, the one that is worth most first, unless a protected cell would follow from what is published: then the cell is
 * hidden. Nothing is said about how closely hidden cells can be bounded; that is the audit's.
 *
 * <p>Source: the order of candidates and their omission in Langsrud's secondary suppression by Gaussian elimination (R packages SSBtools and
 * GaussSuppression).
 */
final class PublicationOrder {
    private final Setting setting;
    private final Hiding hiding;
    private final WorkBudget budget;
    private final BitSet eligible;

    /** @param eligible cells that may be hidden; all others count as published from the start */
    PublicationOrder(Setting setting, Hiding hiding, BitSet eligible, WorkBudget budget) {
        this.setting = setting;
        this.hiding = hiding;
        this.eligible = eligible;
        this.budget = budget;
    }

    /** Hides what has to be hidden; false when the work ran out before all was looked at, and nothing was hidden. */
    boolean hide() {
        BitSet hidden = hiding.hidden();
        List<Integer> order = eligible.stream()
                .boxed()
                .sorted(Comparator.comparingDouble((Integer cell) -> -hiding.size(cell))
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
        int[] position = new int[setting.system().size()];
        Arrays.fill(position, Integer.MAX_VALUE); // hidden from the start: to be expressed by others
        for (int i = 0; i < order.size(); i++) {
            position[order.get(i)] = i;
        }
        Elimination elimination = new Elimination(position, budget);
        for (Link link : setting.system().links()) {
            if (link.equation() && !elimination.know(combination(link, elimination))) {
                return false;
            }
        }
        BitSet added = new BitSet();
        for (int cell : order) {
            SparseVector known = elimination.of(cell);
            if (givesAway(known, elimination, hidden)) {
                added.set(cell);
            } else if (!elimination.know(known)) {
                return false;
            }
        }
        hidden.or(added);
        return true;
    }

    private SparseVector combination(Link link, Elimination elimination) {
        SparseVector sum = SparseVector.ZERO;
        for (int i = 0; i < link.cells().length; i++) {
            int cell = link.cells()[i];
            if (eligible.get(cell) || hiding.hidden().get(cell)) {
                sum = sum.plus((long) link.coefficients()[i], elimination.of(cell));
            }
        }
        return sum;
    }

    private static boolean givesAway(SparseVector known, Elimination elimination, BitSet hidden) {
        if (known.size() == 0) {
            return false; // known already
        }
        int[] users = IntStream.of(known.indices())
                .mapToObj(elimination::usersOf)
                .min(Comparator.comparingInt(list -> list.length))
                .orElseThrow();
        return IntStream.concat(IntStream.of(users), IntStream.of(known.indices()))
                .anyMatch(cell -> hidden.get(cell) && elimination.of(cell).isMultipleOf(known));
    }
}
