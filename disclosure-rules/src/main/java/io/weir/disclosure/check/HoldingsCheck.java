package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.SampledContributions;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Where the profile looks at owners: fails when too few of them are behind the figure, and when a sum fails (n,k), p% or (p,q) with all
 * subjects of one owner as one contributor. The largest three contributors may belong to one company. Owners of a weighted sample cannot be
 * told apart, so that such a figure goes to review.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 4.2.2, holdings, and the note on sampling weights.
 */
public final class HoldingsCheck implements Check {
    private static final List<Check> BY_OWNER = List.of(new NkDominance(), new PPercent(), new PriorPosteriorRule());

    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Integer least = appetite.further().owners();
        if (least == null || cell.evidence().isEmpty()) {
            return new Verdict.Pass();
        }
        Optional<Evidence> byOwner = cell.evidence().byOwner();
        if (byOwner.isEmpty()) {
            return cell.lacks(Rule.HOLDINGS, "the owners are unknown");
        }
        if (cell.evidence().particular(SampledContributions.class).isPresent()) {
            return cell.lacks(Rule.HOLDINGS, "owners cannot be told apart in a weighted sample");
        }
        Long owners = byOwner.get().contributingUnits();
        Long subjects = cell.evidence().contributingUnits();
        if (owners == null || owners == 0 || (subjects != null && owners > subjects)) {
            return cell.lacks(Rule.HOLDINGS, "the owners contradict the subjects");
        }
        if (owners < least) {
            return cell.fails(Rule.HOLDINGS, "The subjects that contribute have too few owners.");
        }
        for (Check check : BY_OWNER) {
            switch (check.judge(cell.with(byOwner.get()), appetite)) {
                case Verdict.Pass pass -> {}
                case Verdict.Fail fail -> {
                    return cell.fails(Rule.HOLDINGS, "Too large a share of the sum comes from the largest owners.");
                }
                case Verdict.Review review -> {
                    return cell.lacks(Rule.HOLDINGS, "the largest contributions by owner are unknown");
                }
            }
        }
        return new Verdict.Pass();
    }
}
