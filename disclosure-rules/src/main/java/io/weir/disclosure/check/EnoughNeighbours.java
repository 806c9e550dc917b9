package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Neighbours;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for a position when the parts of the order that its mean tells apart have fewer subjects than the threshold: the two parts it is the
 * mean of, and what is below and above them. So no position is the value of one subject, and positions of one cell, subtracted from each
 * other, tell of no range of fewer subjects. What one subject can do to the mean is left to rounding, whose step follows from the evidence.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), chapter 3, microaggregation: groups of at least k neighbours in the
 * order of a variable are replaced by their mean. Applied to positions.
 */
public final class EnoughNeighbours implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        if (cell.measure().kind() != MeasureKind.POSITION || cell.evidence().isEmpty()) {
            return new Verdict.Pass();
        }
        Neighbours neighbours = cell.evidence().neighbours();
        if (neighbours == null) {
            return cell.lacks(Rule.NEIGHBOURS, "the neighbours are unknown");
        }
        if (neighbours.fewest() < appetite.threshold()) {
            return cell.fails(Rule.NEIGHBOURS, "Fewer subjects than the threshold are around the position.");
        }
        return cell.evidence().value() == null
                ? cell.lacks(Rule.NEIGHBOURS, "the mean of the neighbours is unknown")
                : new Verdict.Pass();
    }
}
