package io.weir.disclosure.check;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Survival;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * Fails for a survival table of which a printed step tells of few subjects: at risk, with the event, having left since the step before, having
 * left without the event, or still there after the events. Steps of a curve tell all of them to whoever knows how many there were at the start.
 * Whoever prints joins steps until each has enough. Where zeros are hidden it also fails when nobody is left. Subjects may leave and may not
 * join; a table in which they do goes to review, and so do all where the profile has no such rule.
 *
 * <p>Source: AI-SDC, ACRO, survival_safe_threshold and its rounded survival table; statbarn class of hazard and survival tables, implicit
 * tables.
 */
public final class SurvivalAtRisk implements Check {
    @Override
    public Verdict judge(Cell cell, RiskAppetite appetite) {
        Survival survival = cell.evidence().particular(Survival.class).orElse(null);
        if (survival == null) {
            return new Verdict.Pass();
        }
        Integer least = appetite.further().atRisk();
        if (least == null) {
            return cell.lacks(Rule.AT_RISK, "the profile has no rule for numbers at risk");
        }
        Long contributing = cell.evidence().contributingUnits();
        if (contributing == null || survival.steps().getFirst().atRisk() > contributing) {
            return cell.lacks(Rule.AT_RISK, "more subjects are at risk than the figure has");
        }
        long before = contributing;
        long eventsBefore = 0;
        for (Survival.Step step : survival.steps()) {
            long left = before - step.atRisk();
            long censored = left - eventsBefore;
            if (censored < 0) {
                return cell.lacks(Rule.AT_RISK, "subjects join later");
            }
            if (isFew(step.atRisk(), least)
                    || isFew(step.events(), least)
                    || isFew(left, least)
                    || isFew(censored, least)
                    || isFew(step.atRisk() - step.events(), least)) {
                return cell.fails(Rule.AT_RISK, "A step of the table tells of too few subjects.");
            }
            if (appetite.zeros() == ZeroRule.HIDDEN && step.events() > 0 && step.events() == step.atRisk()) {
                return cell.fails(Rule.CLASS_DISCLOSURE, "Everybody still at risk had the event.");
            }
            before = step.atRisk();
            eventsBefore = step.events();
        }
        return new Verdict.Pass();
    }

    private static boolean isFew(long units, int least) {
        return units > 0 && units < least;
    }
}
