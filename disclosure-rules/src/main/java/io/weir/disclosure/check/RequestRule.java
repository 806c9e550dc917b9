package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;

/**
 * Fails when one contributor who has asked for protection makes up the profile's share of a sum or more. It stands beside the rules that
 * protect everybody and never takes their place. Contributions count by their absolute values.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 4.2.2, foreign trade rules, the request rule of tau-ARGUS. The
 * handbook looks at the largest contributor only; here it is the largest of those who have asked, which protects no less.
 */
public final class RequestRule implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        BigDecimal share = appetite.further().requestShare();
        if (share == null || !cell.canBeDominated()) {
            return new Verdict.Pass();
        }
        BigDecimal total = cell.evidence().absoluteTotal();
        Requests requests = cell.evidence().particular(Requests.class).orElse(null);
        if (total == null || requests == null) {
            return cell.lacks(Rule.REQUEST, "who has asked for protection is unknown");
        }
        if (requests.largest().compareTo(total) > 0) {
            return cell.lacks(Rule.REQUEST, "contributions exceed their total");
        }
        return requests.largest().signum() > 0 && requests.largest().compareTo(share.multiply(total)) >= 0
                ? cell.fails(Rule.REQUEST, "Too large a share of the sum comes from one who has asked for protection.")
                : new Verdict.Pass();
    }
}
