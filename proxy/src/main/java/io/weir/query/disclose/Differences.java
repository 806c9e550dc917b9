package io.weir.query.disclose;

import io.weir.query.disclose.RawCells.RawCell;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.rewrite.MerePresence;
import java.util.HashSet;
import java.util.Set;

/** Figures of one cell that differ from each other by few people, so that they cannot both be shown. */
final class Differences {
    private Differences() {}

    /**
     * Indexes of figures of a cell that differ from another one by fewer people than the threshold.
     *
     * @param there what tells nothing by lacking a value, in the block's rows
     */
    static Set<Integer> of(Block block, BlockForm form, MerePresence there, RawCell cell, int threshold) {
        Set<Integer> found = new HashSet<>();
        for (Block.Difference difference : block.differences()) {
            boolean few =
                    isFew(cell, difference.onlyFirst(), threshold) && isFew(cell, difference.onlySecond(), threshold);
            // What only decides whether another figure is shown is no figure that could be subtracted.
            boolean told = form.figures().get(difference.first()).answer()
                    && form.figures().get(difference.second()).answer();
            if (told && few && !(isNobody(cell, difference) && onPresence(block, form, there, difference))) {
                found.add(difference.first());
                found.add(difference.second());
            }
        }
        return found;
    }

    private static boolean isNobody(RawCell cell, Block.Difference difference) {
        return cell.evidence().get(difference.onlyFirst()).isEmpty()
                && cell.evidence().get(difference.onlySecond()).isEmpty();
    }

    /** Whether the two ask for the same but for values by whose presence nobody can be singled out. */
    private static boolean onPresence(Block block, BlockForm form, MerePresence there, Block.Difference difference) {
        return tellsNothing(block, there, difference.first())
                && tellsNothing(block, there, difference.second())
                && conditions(form, difference.first()).equals(conditions(form, difference.second()));
    }

    private static boolean tellsNothing(Block block, MerePresence there, int atom) {
        return Expr.conjunctsOf(block.atoms().get(atom).filter()).stream()
                .flatMap(c -> MerePresence.askedToBeThere(c).stream())
                .allMatch(there::is);
    }

    private static Set<String> conditions(BlockForm form, int atom) {
        Set<String> parts = new HashSet<>();
        form.figures()
                .get(atom)
                .conditions()
                .forEach(text -> parts.addAll(ConjunctText.read(text).parts()));
        parts.removeIf(ConjunctText::isThere);
        return parts;
    }

    /** Nobody is few as well, so that the answer does not tell whether it is somebody. */
    private static boolean isFew(RawCell cell, int atom, int threshold) {
        Long units = cell.evidence().get(atom).contributingUnits();
        return units == null || units < threshold; // unknown: as if few
    }
}
