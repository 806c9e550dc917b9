package io.weir.disclosure.check;

import static io.weir.disclosure.check.Figures.assertVerdict;
import static io.weir.disclosure.check.Figures.cell;
import static io.weir.disclosure.check.Figures.dec;
import static io.weir.disclosure.check.Figures.nk;
import static io.weir.disclosure.check.Figures.pPercent;
import static io.weir.disclosure.check.Figures.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.SampledContributions;
import io.weir.disclosure.evidence.SampledContributions.Sampled;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of the Handbook on Statistical Disclosure Control (2nd ed.), section 4.2. */
class HandbookExamplesTest {

    /** Example 1: safe by (1,90), though the second largest estimates the largest to 2 %. */
    @Test
    void oneContributorRuleOverlooksTheSecondLargest() {
        Cell cell = sum(20, "50000", "49000", "100000");
        assertVerdict(new NkDominance(), cell, nk(1, "0.90"), "Pass");
        assertVerdict(new NkDominance(), cell, nk(2, "0.90"), "Fail");
        assertVerdict(new PPercent(), cell, pPercent("0.021"), "Fail");
        assertVerdict(new PPercent(), cell, pPercent("0.02"), "Pass");
    }

    /** Example 2: the (2,k) rule that corresponds to p = 10 protects more. */
    @Test
    void dominanceProtectsMoreThanThePPercentRuleItCorrespondsTo() {
        Cell cell = sum(20, "52000", "50000", "110000");
        assertVerdict(new PPercent(), cell, pPercent("0.10"), "Pass");
        assertVerdict(new PPercent(), cell, pPercent("0.154"), "Fail");
        assertVerdict(new NkDominance(), cell, nk(2, "0.909"), "Fail");
    }

    /** Two of 100 and 10 with weights 4 and 7: a total of 470 with 100 and 100 as the largest. */
    @Test
    void weightsMakeCopiesOfTheLargest() {
        Evidence evidence = SampledContributions.evidence(List.of(of("10", "7"), of("100", "4")), false);
        assertThat(evidence.value()).isEqualByComparingTo("470");
        assertThat(evidence.absoluteTotal()).isEqualByComparingTo("470");
        assertThat(evidence.largest()).isEqualByComparingTo("100");
        assertThat(evidence.secondLargest()).isEqualByComparingTo("100");
        assertThat(evidence.contributingUnits()).isEqualTo(2);
    }

    /** Weights 1 and 9 of 100 each estimate a total of 1000, which is not sensitive. */
    @Test
    void estimatedTotalOfALargeWeightIsNotSensitive() {
        Evidence evidence = SampledContributions.evidence(List.of(of("100", "1"), of("100", "9")), false);
        assertThat(evidence.absoluteTotal()).isEqualByComparingTo("1000");
        assertVerdict(new PPercent(), cell(Figures.SUM, 2L, evidence), pPercent("1"), "Pass");
    }

    /** 100 with weight 2 and 1 with weight 3: sensitive by p% for any p above 3. */
    @ParameterizedTest
    @CsvSource({"0.03,Pass", "0.031,Fail", "0.10,Fail"})
    void copiesAreOverprotected(String p, String verdict) {
        Evidence evidence = SampledContributions.evidence(List.of(of("100", "2"), of("1", "3")), false);
        assertThat(evidence.absoluteTotal()).isEqualByComparingTo("203");
        assertVerdict(new PPercent(), cell(Figures.SUM, 2L, evidence), pPercent(p), verdict);
    }

    /** Formula for published weights: the estimate less w1 x1 and w2 x2 is compared with p x1. */
    @Test
    void publishedWeightsAreNoCover() {
        List<Sampled> sample = List.of(of("100", "4"), of("10", "7"), of("5", "1"));
        assertVerdict(
                new PPercent(),
                cell(Figures.SUM, 3L, SampledContributions.evidence(sample, true)),
                pPercent("0.051"),
                "Fail");
        assertVerdict(
                new PPercent(),
                cell(Figures.SUM, 3L, SampledContributions.evidence(sample, true)),
                pPercent("0.05"),
                "Pass");
        assertVerdict(
                new PPercent(),
                cell(Figures.SUM, 3L, SampledContributions.evidence(sample, false)),
                pPercent("0.051"),
                "Pass");
    }

    @Test
    void brokenWeightsFillASecondPlaceAndWeightsBelowOneGoToReview() {
        Evidence broken = SampledContributions.evidence(List.of(of("-100", "1.25"), of("40", "3")), false);
        assertThat(broken.secondLargest()).isEqualByComparingTo("55");
        assertThat(broken.value()).isEqualByComparingTo("-5");
        assertThat(broken.absoluteTotal()).isEqualByComparingTo("245");
        assertThat(broken.negatives()).isTrue();
        Evidence below = SampledContributions.evidence(List.of(of("100", "0.5"), of("40", "0.5")), false);
        assertVerdict(new PPercent(), cell(Figures.SUM, 2L, below), pPercent("0.1"), "Review");
        assertVerdict(new NkDominance(), cell(Figures.SUM, 2L, below), nk(2, "0.9"), "Review");
        Evidence single = SampledContributions.evidence(List.of(of("100", "40")), false);
        assertVerdict(new PPercent(), cell(Figures.SUM, 1L, single), pPercent("0.1"), "Fail");
        assertThat(SampledContributions.evidence(List.of(), false).isEmpty()).isTrue();
        assertThatThrownBy(() -> of("1", "0")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Only the ratio of p and q decides, and with q = 100 % the rule is the p% rule. */
    @ParameterizedTest
    @CsvSource({"0.10,1,0.10", "0.05,0.5,0.10", "0.10,2,0.05", "0.02,0.1,0.2"})
    void priorPosteriorIsTheRuleOfTheRatio(String p, String q, String ratio) {
        PriorPosterior rule = new PriorPosterior(dec(p), dec(q));
        assertThat(rule.ratio()).isEqualByComparingTo(ratio);
        RiskAppetite appetite = Figures.appetite(FurtherRules.none().with(rule));
        BigDecimal others = dec(ratio).multiply(BigDecimal.valueOf(1000));
        String exactly = BigDecimal.valueOf(1500).add(others).toPlainString();
        String less = BigDecimal.valueOf(1499).add(others).toPlainString();
        assertVerdict(new PriorPosteriorRule(), sum(20, "1000", "500", exactly), appetite, "Pass");
        assertVerdict(new PriorPosteriorRule(), sum(20, "1000", "500", less), appetite, "Fail");
        assertVerdict(new PriorPosteriorRule(), sum(1, "1000", "0", "1000"), appetite, "Fail");
        assertVerdict(new PriorPosteriorRule(), sum(20, "1000", "500", "1400"), appetite, "Review");
        assertVerdict(new PriorPosteriorRule(), Figures.statistic(20), appetite, "Pass");
    }

    @Test
    void ratioIsRoundedUpAndPLiesBelowQ() {
        assertThat(new PriorPosterior(dec("0.1"), dec("0.3")).ratio().multiply(dec("3")))
                .isGreaterThan(BigDecimal.ONE);
        assertThatThrownBy(() -> new PriorPosterior(dec("0.5"), dec("0.5")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PriorPosterior(dec("0"), dec("0.5"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Sampled of(String amount, String weight) {
        return new Sampled(dec(amount), dec(weight));
    }
}
