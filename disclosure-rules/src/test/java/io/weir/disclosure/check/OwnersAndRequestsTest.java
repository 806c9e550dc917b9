package io.weir.disclosure.check;

import static io.weir.disclosure.check.Figures.appetite;
import static io.weir.disclosure.check.Figures.assertVerdict;
import static io.weir.disclosure.check.Figures.cell;
import static io.weir.disclosure.check.Figures.dec;
import static io.weir.disclosure.check.Figures.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.MissingRule;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Concentration;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.MissingUnits;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.evidence.SampledContributions;
import io.weir.disclosure.evidence.SampledContributions.Sampled;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnersAndRequestsTest {
    private static final RiskAppetite TWO_OWNERS = new RiskAppetite(
            3,
            ZeroRule.SHOWN,
            1,
            List.of(new Dominance(2, dec("0.85"))),
            dec("0.1"),
            FurtherRules.none().withOwners(2));

    @ParameterizedTest
    @CsvSource({
        // owners, largest and second largest of them in a total of 1000 of forty people of whom none has much
        "1,1000,0,Fail",
        "2,500,500,Fail",
        "3,449,400,Pass",
        "3,450,400,Fail",
        "3,950,1,Fail",
        "0,0,0,Review",
        "41,30,30,Review",
        "3,800,300,Review"
    })
    void subjectsOfOneOwnerAreOneContributor(long owners, BigDecimal largest, BigDecimal second, String verdict) {
        Cell subjects = sum(40, "30", "29", "1000");
        assertVerdict(new NkDominance(), subjects, TWO_OWNERS, "Pass");
        assertVerdict(new PPercent(), subjects, TWO_OWNERS, "Pass");
        Cell owned = subjects.with(subjects.evidence().with(new Holdings(owners, largest, second)));
        assertVerdict(new HoldingsCheck(), owned, TWO_OWNERS, verdict);
        assertVerdict(new HoldingsCheck(), owned, appetite(FurtherRules.none()), "Pass");
    }

    /** What a concentration is measured of is dominated by one owner as a sum is. */
    @Test
    void concentrationIsJudgedByOwner() {
        Cell subjects = sum(40, "30", "29", "1000");
        Evidence index = subjects.evidence().with(new Concentration(0));
        for (String largest : List.of("449", "450")) {
            Evidence owned = index.with(new Holdings(3, dec(largest), dec("400")));
            Cell gini = cell(Figures.STATISTIC, 40L, owned);
            assertVerdict(new HoldingsCheck(), gini, TWO_OWNERS, largest.equals("449") ? "Pass" : "Fail");
        }
    }

    @Test
    void unknownOwnersAndOwnersOfASampleGoToReview() {
        assertVerdict(new HoldingsCheck(), sum(40, "30", "29", "1000"), TWO_OWNERS, "Review");
        Evidence sampled = SampledContributions.evidence(
                        List.of(
                                new Sampled(dec("30"), dec("2")),
                                new Sampled(dec("20"), dec("9")),
                                new Sampled(dec("20"), dec("9"))),
                        false)
                .with(new Holdings(3, dec("180"), dec("180")));
        assertVerdict(new HoldingsCheck(), cell(Figures.SUM, 3L, sampled), TWO_OWNERS, "Review");
    }

    @Test
    void countsNeedEnoughOwnersAndNoDominance() {
        Measure count = Measure.count("patients", MeasureKind.UNITS);
        Evidence two = Evidence.ofCount(40, 40).with(new Holdings(2, dec("39"), dec("1")));
        assertVerdict(new HoldingsCheck(), cell(count, 40L, two), TWO_OWNERS, "Pass");
        Evidence one = Evidence.ofCount(40, 40).with(new Holdings(1, dec("40"), dec("0")));
        assertVerdict(new HoldingsCheck(), cell(count, 40L, one), TWO_OWNERS, "Fail");
    }

    @ParameterizedTest
    @CsvSource({
        // who has asked, total; the profile protects from 70 %
        "700,1000,Fail",
        "699,1000,Pass",
        "0,1000,Pass",
        "0,0,Pass",
        "1001,1000,Review",
        ",1000,Review",
        "700,,Review"
    })
    void whoHasAskedIsProtected(@Nullable BigDecimal asked, @Nullable BigDecimal total, String verdict) {
        Evidence evidence = new Evidence(total, 40L, null, null, total, false);
        Evidence known = asked == null ? evidence : evidence.with(new Requests(asked));
        RiskAppetite appetite = appetite(FurtherRules.none().withRequestShare(dec("0.7")));
        assertVerdict(new RequestRule(), cell(Figures.SUM, 40L, known), appetite, verdict);
        assertVerdict(new RequestRule(), cell(Figures.SUM, 40L, known), appetite(FurtherRules.none()), "Pass");
    }

    /** The request rule does not say that sums are judged: without another rule they still go to review. */
    @Test
    void requestRuleDoesNotReplaceOtherRules() {
        RiskAppetite appetite = appetite(FurtherRules.none().withRequestShare(dec("0.7")));
        Cell cell = sum(40, "30", "29", "1000");
        assertVerdict(
                new NkDominance(), cell.with(cell.evidence().with(new Requests(BigDecimal.ZERO))), appetite, "Review");
    }

    @ParameterizedTest
    @CsvSource({
        // rule, people, of whom contribute, counted apart
        "OWN_CLASS,100,100,,Pass",
        "OWN_CLASS,100,99,,Fail",
        "OWN_CLASS,100,91,,Fail",
        "OWN_CLASS,100,90,,Pass",
        "OWN_CLASS,100,90,1,Fail",
        "OWN_CLASS,100,99,0,Pass",
        "OWN_CLASS,,99,,Review",
        "OWN_CLASS,100,101,,Review",
        "REVIEWED,100,100,,Pass",
        "REVIEWED,100,50,,Review",
        "NOT_CHECKED,100,99,,Pass"
    })
    void missingValuesAreAClass(
            MissingRule rule, @Nullable Long people, long contributing, @Nullable Long apart, String verdict) {
        Evidence evidence = new Evidence(BigDecimal.TEN, contributing, null, null, null, null);
        Evidence known = apart == null ? evidence : evidence.with(new MissingUnits(apart));
        RiskAppetite appetite = appetite(FurtherRules.none().with(rule));
        assertVerdict(new MissingValues(), cell(Figures.SUM, people, known), appetite, verdict);
    }

    /** Who is outside an arm is not missing, so that only counting apart tells. */
    @Test
    void missingValuesOfAnArmAreCountedApart() {
        RiskAppetite appetite = appetite(FurtherRules.none().with(MissingRule.OWN_CLASS));
        Evidence evidence = new Evidence(BigDecimal.TEN, 60L, null, null, null, null);
        assertVerdict(new MissingValues(), cell(Figures.SUM.onArm(), 100L, evidence), appetite, "Review");
        assertVerdict(
                new MissingValues(),
                cell(Figures.SUM.onArm(), 100L, evidence.with(new MissingUnits(10))),
                appetite,
                "Pass");
        Measure people = Measure.count("people", MeasureKind.UNITS);
        assertVerdict(new MissingValues(), cell(people, 100L, Evidence.ofCount(99, 99)), appetite, "Pass");
        assertVerdict(new MissingValues(), cell(people.onPresence(), 100L, Evidence.ofCount(99, 99)), appetite, "Fail");
    }

    @Test
    void particularsAreOneOfEachKindAndPrintNothing() {
        Evidence evidence =
                Evidence.ofCount(20, 20).with(new MissingUnits(17)).with(new Holdings(3, dec("9"), dec("8")));
        assertThat(evidence.toString() + evidence.particulars()).doesNotContainPattern("[0-9]");
        assertThatThrownBy(() -> evidence.with(new MissingUnits(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
