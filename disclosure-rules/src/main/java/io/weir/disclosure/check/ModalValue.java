package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Modal;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for a most frequent value that fewer subjects have than the threshold, that all others but few have not, or that (nearly) everybody
 * has. Ties do not matter: which of them is shown says nothing more.
 *
 * <p>Source: statbarn class of the mode, class disclosure; AI-SDC, ACRO, check that all values are the same.
 */
public final class ModalValue implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Modal modal = cell.evidence().particular(Modal.class).orElse(null);
        if (modal == null || cell.evidence().isEmpty()) {
            return new Verdict.Pass();
        }
        Long contributing = cell.evidence().contributingUnits();
        if (contributing == null
                || modal.units() == 0
                || modal.units() > contributing
                || modal.units() + modal.others() < contributing) {
            return cell.lacks(Rule.MODE, "how many have the value is unknown");
        }
        if (modal.units() < appetite.threshold()) {
            return cell.fails(Rule.MODE, "Fewer subjects than the threshold have the value.");
        }
        if (Uniform.tells(modal.units(), contributing, appetite)) {
            return cell.fails(Rule.CLASS_DISCLOSURE, "Nearly everybody has the value.");
        }
        return MinimumFrequency.isFew(modal.others(), appetite)
                ? cell.fails(Rule.MODE, "Fewer subjects than the threshold have another value.")
                : new Verdict.Pass();
    }
}
