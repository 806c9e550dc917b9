package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Extreme;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for a smallest or largest value that fewer subjects have than the threshold: it is theirs. A value that is known without the data tells
 * of nobody, unless all have it: with as many at the value as contribute, each of them is known to have it (where zeros are hidden, or the
 * share of the profile is reached, {@link ClassDisclosure} has the same rule for counts).
 *
 * <p>Source: statbarn class of end points, low counts and class disclosure; ABS DataLab output rules, minimums and maximums.
 */
public final class Extremes implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Extreme extreme = cell.evidence().particular(Extreme.class).orElse(null);
        if (extreme == null || cell.evidence().isEmpty()) {
            return new Verdict.Pass();
        }
        Long contributing = cell.evidence().contributingUnits();
        if (contributing == null || extreme.units() > contributing || extreme.units() == 0) {
            return cell.lacks(Rule.EXTREME, "how many have the value is unknown");
        }
        if (Uniform.tells(extreme.units(), contributing, appetite)) {
            return cell.fails(Rule.CLASS_DISCLOSURE, "Nearly everybody has the value.");
        }
        return !extreme.structural() && extreme.units() < appetite.threshold()
                ? cell.fails(Rule.EXTREME, "Fewer subjects than the threshold have the value.")
                : new Verdict.Pass();
    }
}
