package io.weir.disclosure.appetite;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Rules beyond threshold, zeros, (n,k) and p%. What is null is not asked for, with two exceptions that are closed: a model without
 * {@code degreesOfFreedom} and a survival table without {@code atRisk} go to review.
 *
 * @param priorPosterior the (p,q) rule for sums
 * @param owners least number of owners (practices, hospitals, companies) behind a figure, at least 2; then dominance is judged by owner, too
 * @param missing what is done about missing values
 * @param groupShare share of a group, above 0.5 and at most 1, at which being in the group tells the attribute. 100 % is judged by
 *     {@link ZeroRule#HIDDEN} already
 * @param requestShare share of a sum, above 0 and at most 1, at which one contributor who has asked for protection gets it
 * @param degreesOfFreedom least number of residual degrees of freedom, at least 1
 * @param leverage leverage of one subject, above 0 and at most 1, from which on a model is too much about that subject; 1 where it is null
 * @param atRisk least number of subjects at risk, of events and of exits, at least 2
 */
public record FurtherRules(
        @Nullable PriorPosterior priorPosterior,
        @Nullable Integer owners,
        MissingRule missing,
        @Nullable BigDecimal groupShare,
        @Nullable BigDecimal requestShare,
        @Nullable Integer degreesOfFreedom,
        @Nullable BigDecimal leverage,
        @Nullable Integer atRisk) {
    private static final FurtherRules NONE =
            new FurtherRules(null, null, MissingRule.NOT_CHECKED, null, null, null, null, null);

    public FurtherRules {
        require(owners == null || owners >= 2, "One owner protects nobody");
        require(groupShare == null || isShare(groupShare, new BigDecimal("0.5")), "A group share lies above a half");
        require(requestShare == null || isShare(requestShare, BigDecimal.ZERO), "A request share lies above 0");
        require(degreesOfFreedom == null || degreesOfFreedom >= 1, "A model needs a degree of freedom");
        require(leverage == null || isShare(leverage, BigDecimal.ZERO), "Leverage lies above 0");
        require(atRisk == null || atRisk >= 2, "One at risk protects nobody");
    }

    /** No further rule. */
    public static FurtherRules none() {
        return NONE;
    }

    public FurtherRules with(PriorPosterior rule) {
        return new FurtherRules(rule, owners, missing, groupShare, requestShare, degreesOfFreedom, leverage, atRisk);
    }

    public FurtherRules with(MissingRule rule) {
        return new FurtherRules(
                priorPosterior, owners, rule, groupShare, requestShare, degreesOfFreedom, leverage, atRisk);
    }

    public FurtherRules withOwners(int least) {
        return new FurtherRules(
                priorPosterior, least, missing, groupShare, requestShare, degreesOfFreedom, leverage, atRisk);
    }

    public FurtherRules withGroupShare(BigDecimal share) {
        return new FurtherRules(
                priorPosterior, owners, missing, share, requestShare, degreesOfFreedom, leverage, atRisk);
    }

    public FurtherRules withRequestShare(BigDecimal share) {
        return new FurtherRules(priorPosterior, owners, missing, groupShare, share, degreesOfFreedom, leverage, atRisk);
    }

    public FurtherRules withDegreesOfFreedom(int least) {
        return new FurtherRules(priorPosterior, owners, missing, groupShare, requestShare, least, leverage, atRisk);
    }

    public FurtherRules withLeverage(BigDecimal most) {
        return new FurtherRules(
                priorPosterior, owners, missing, groupShare, requestShare, degreesOfFreedom, most, atRisk);
    }

    public FurtherRules withAtRisk(int least) {
        return new FurtherRules(
                priorPosterior, owners, missing, groupShare, requestShare, degreesOfFreedom, leverage, least);
    }

    /** As {@link RiskAppetite#isAtLeastAsStrictAs}, for these rules. */
    boolean isAtLeastAsStrictAs(FurtherRules other) {
        return missing.compareTo(other.missing) >= 0
                && (other.priorPosterior == null
                        || (priorPosterior != null
                                && priorPosterior.ratio().compareTo(other.priorPosterior.ratio()) >= 0))
                && (other.owners == null || (owners != null && owners >= other.owners))
                && atMost(groupShare, other.groupShare)
                && atMost(requestShare, other.requestShare)
                && atMost(leverage, other.leverage)
                && reviewedOrAtLeast(degreesOfFreedom, other.degreesOfFreedom)
                && reviewedOrAtLeast(atRisk, other.atRisk);
    }

    private static boolean atMost(@Nullable BigDecimal own, @Nullable BigDecimal other) {
        return other == null || (own != null && own.compareTo(other) <= 0);
    }

    /** Without a rule figures go to review, which is the strictest. */
    private static boolean reviewedOrAtLeast(@Nullable Integer own, @Nullable Integer other) {
        return own == null || (other != null && own >= other);
    }

    private static boolean isShare(BigDecimal share, BigDecimal above) {
        return share.compareTo(above) > 0 && share.compareTo(BigDecimal.ONE) <= 0;
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
