package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Model;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for a model, a moment or a test with too few residual degrees of freedom: subjects less estimated parameters. With none left a model
 * is a table of its subjects. It also fails for fewer subjects than the threshold. Subjects are counted, not records: more records of the same
 * people are no cover. A profile without such a rule sends models to review.
 *
 * <p>Source: AI-SDC, ACRO, minimum degrees of freedom check.
 */
public final class DegreesOfFreedom implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Model model = cell.evidence().particular(Model.class).orElse(null);
        if (model == null) {
            return new Verdict.Pass();
        }
        Integer least = appetite.further().degreesOfFreedom();
        if (least == null) {
            return cell.lacks(Rule.DEGREES_OF_FREEDOM, "the profile has no rule for degrees of freedom");
        }
        Long contributing = cell.evidence().contributingUnits();
        if (contributing == null || model.units() > contributing) {
            return cell.lacks(Rule.DEGREES_OF_FREEDOM, "the model has more subjects than the figure");
        }
        return model.degreesOfFreedom() < least || MinimumFrequency.isFew(model.units(), appetite)
                ? cell.fails(Rule.DEGREES_OF_FREEDOM, "Too few subjects or degrees of freedom are left.")
                : new Verdict.Pass();
    }
}
