package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Concentration;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for a concentration ratio over fewer leading contributors than the threshold, or over all but few: beside the total it is their sum.
 * Indices over all contributors (Gini, Herfindahl-Hirschman) pass here; they and the ratios must pass minimum frequency and dominance as the
 * sum would, since the index of a dominated sum tells the largest share. Two ratios over nearly as many leaders tell by their difference of the
 * contributors between them: they are for whoever compares figures.
 *
 * <p>Source: statbarn classes of non-linear concentration ratios and of the Gini coefficient; of linear ones under linear aggregations.
 */
public final class ConcentrationCheck implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Concentration concentration =
                cell.evidence().particular(Concentration.class).orElse(null);
        if (concentration == null || concentration.leaders() == 0) {
            return new Verdict.Pass();
        }
        Long contributing = cell.evidence().contributingUnits();
        if (contributing == null) {
            return cell.lacks(Rule.CONCENTRATION, "the number of subjects is unknown");
        }
        return concentration.leaders() < appetite.threshold()
                        || MinimumFrequency.isFew(contributing - concentration.leaders(), appetite)
                ? cell.fails(Rule.CONCENTRATION, "The ratio is about fewer subjects than the threshold.")
                : new Verdict.Pass();
    }
}
