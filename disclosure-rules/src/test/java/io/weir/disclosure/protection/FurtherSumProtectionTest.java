package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.Particular;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sums hidden by (p,q), by owner and by request are covered to the levels of these rules. */
class FurtherSumProtectionTest {
    private static final Measure COST = Measure.sum("cost", BigDecimal.ONE);

    /** The table of SumProtectionTest with p = 10 % and q = 50 % for its p = 20 %. */
    @Test
    void priorPosteriorProtectsLikeItsRatio() {
        RiskAppetite appetite = new RiskAppetite(3, ZeroRule.SHOWN, 1, List.of(), null)
                .with(FurtherRules.none().with(new PriorPosterior(dec("0.10"), dec("0.50"))));
        Assessment assessment = Tables.protect(
                line(
                        row("a", 1000, 900, 60),
                        row("b", 100, 10, 9),
                        row("c", 500, 50, 40),
                        row("d", 5000, 400, 300),
                        total(6600, 900, 400)),
                appetite);
        assertThat(hidden(assessment)).containsExactlyInAnyOrder(0, 2);
        assertThat(rules(assessment, 0)).containsExactly(Rule.PRIOR_POSTERIOR);
        assertThat(assessment.intervals().getFirst().upper()).isGreaterThanOrEqualTo(dec("1140"));
        assertThat(assessment.intervals().getFirst().lower()).isLessThanOrEqualTo(dec("860"));
    }

    /** One practice has 900 of 1000 though no patient has more than 30: 100 must be worth 20 % of 900, 80 more on both sides. */
    @Test
    void ownersAreProtectedLikeContributors() {
        RiskAppetite appetite = new RiskAppetite(3, ZeroRule.SHOWN, 1, List.of(), dec("0.20"))
                .with(FurtherRules.none().withOwners(2));
        Assessment assessment = Tables.protect(
                line(
                        row("a", 1000, 30, 29, owners(4, 900, 50)),
                        row("b", 60, 10, 9, owners(8, 10, 9)),
                        row("c", 500, 50, 40, owners(9, 60, 50)),
                        row("d", 5000, 400, 300, owners(9, 700, 650)),
                        total(6560, 400, 300, owners(20, 900, 700))),
                appetite);
        assertThat(hidden(assessment)).containsExactlyInAnyOrder(0, 2);
        assertThat(rules(assessment, 0)).containsExactly(Rule.HOLDINGS);
        HiddenInterval interval = assessment.intervals().getFirst();
        assertThat(interval.upper()).isGreaterThanOrEqualTo(dec("1130"));
        assertThat(interval.lower()).isLessThanOrEqualTo(dec("870"));
    }

    /** Hidden beside each other, two sums of one practice would be published as the practice's sum. */
    @Test
    void unionOfOneOwnersSumsIsNoProtection() {
        RiskAppetite appetite = new RiskAppetite(3, ZeroRule.SHOWN, 1, List.of(), dec("0.10"))
                .with(FurtherRules.none().withOwners(2));
        Assessment assessment = Tables.protect(
                line(
                        row("a", 1000, 30, 29, owners(1, 1000, 0)),
                        row("b", 1000, 30, 29, owners(1, 1000, 0)),
                        row("c", 5000, 400, 300, owners(9, 700, 650)),
                        total(7000, 400, 300, owners(10, 2000, 700))),
                appetite);
        assertThat(hidden(assessment)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void whoHasAskedForProtectionIsCoveredToTheShare() {
        RiskAppetite appetite = new RiskAppetite(3, ZeroRule.SHOWN, 1, List.of(), dec("0.01"))
                .with(FurtherRules.none().withRequestShare(dec("0.5")));
        Assessment assessment = Tables.protect(
                line(
                        row("a", 1000, 600, 300, new Requests(dec("600"))),
                        row("b", 400, 50, 40, new Requests(dec("0"))),
                        row("c", 5000, 400, 300, new Requests(dec("100"))),
                        total(6400, 600, 400, new Requests(dec("600")))),
                appetite);
        assertThat(rules(assessment, 0)).containsExactly(Rule.REQUEST);
        HiddenInterval interval = assessment.intervals().getFirst();
        assertThat(interval.upper()).isGreaterThanOrEqualTo(dec("1200"));
        assertThat(interval.lower()).isLessThanOrEqualTo(dec("800"));
    }

    private static EvidenceTable line(EvidenceRow... partsAndTotal) {
        int last = partsAndTotal.length - 1;
        return EvidenceTable.of(List.of(COST), List.of(partsAndTotal))
                .withMargins(List.of(MarginEquation.margin(
                        last, IntStream.range(0, last).boxed().toList())));
    }

    private static Particular owners(long contributing, long largest, long second) {
        return new Holdings(contributing, BigDecimal.valueOf(largest), BigDecimal.valueOf(second));
    }

    private static EvidenceRow row(String key, long sum, long largest, long second, Particular... particulars) {
        return row(new Address(0, List.of(key)), 40, sum, largest, second, particulars);
    }

    private static EvidenceRow total(long sum, long largest, long second, Particular... particulars) {
        return row(new Address(1, List.of()), 150, sum, largest, second, particulars);
    }

    private static EvidenceRow row(
            Address address, long units, long sum, long largest, long second, Particular... particulars) {
        BigDecimal total = BigDecimal.valueOf(sum);
        Evidence evidence =
                new Evidence(total, units, BigDecimal.valueOf(largest), BigDecimal.valueOf(second), total, false);
        for (Particular particular : particulars) {
            evidence = evidence.with(particular);
        }
        return new EvidenceRow(address, units, 10_000L, List.of(evidence));
    }

    private static BigDecimal dec(String value) {
        return new BigDecimal(value);
    }

    private static Set<Integer> hidden(Assessment assessment) {
        return IntStream.range(0, assessment.rows().size())
                .filter(row -> assessment.cell(row, 0) instanceof Protected.Hidden)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static List<Rule> rules(Assessment assessment, int row) {
        return assessment.cell(row, 0) instanceof Protected.Hidden hidden
                ? hidden.findings().stream().map(Finding::rule).toList()
                : List.of();
    }
}
