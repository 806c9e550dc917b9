package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.UnitLevel;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for figures that hold values of single subjects: residuals, scatter plots, lists of values. However many there are, each is one
 * person's.
 *
 * <p>Source: this library's own rule, from what a cell of one subject tells.
 */
public final class UnitLevelFigures implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        return cell.evidence().particular(UnitLevel.class).isPresent()
                ? cell.fails(Rule.UNIT_LEVEL, "The figure holds values of single subjects.")
                : new Verdict.Pass();
    }
}
