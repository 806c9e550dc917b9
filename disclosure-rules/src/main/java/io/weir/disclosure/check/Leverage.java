package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Model;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Fails for a model that one subject pulls too strongly: with a leverage of one the model's value at that subject is the subject's own, so that
 * coefficients tell it exactly. A profile may ask for less; then a model whose leverage is unknown goes to review.
 *
 * <p>Source: Hoaglin and Welsch (1978), The hat matrix in regression and ANOVA, abstract; for attacks by leverage Rai and Hall (2014), Split
 * leverage: attacking the confidentiality of linked databases by partitioning, abstract.
 */
public final class Leverage implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Model model = cell.evidence().particular(Model.class).orElse(null);
        if (model == null) {
            return new Verdict.Pass();
        }
        BigDecimal most = appetite.further().leverage();
        BigDecimal leverage = model.leverage();
        if (leverage == null) {
            return most == null
                    ? new Verdict.Pass()
                    : cell.lacks(Rule.LEVERAGE, "the leverage of single subjects is unknown");
        }
        return leverage.compareTo(most == null ? BigDecimal.ONE : most) >= 0
                ? cell.fails(Rule.LEVERAGE, "One subject has too strong a pull on the model.")
                : new Verdict.Pass();
    }
}
