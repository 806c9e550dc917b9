package io.weir.disclosure.check;

import static io.weir.disclosure.check.Figures.appetite;
import static io.weir.disclosure.check.Figures.assertVerdict;
import static io.weir.disclosure.check.Figures.cell;
import static io.weir.disclosure.check.Figures.dec;
import static io.weir.disclosure.check.Figures.statistic;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Concentration;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Extreme;
import io.weir.disclosure.evidence.ImplicitTable;
import io.weir.disclosure.evidence.Modal;
import io.weir.disclosure.evidence.Model;
import io.weir.disclosure.evidence.Survival;
import io.weir.disclosure.evidence.UnitLevel;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boundaries of the checks of what is neither a count nor a sum. */
class StatisticChecksTest {
    private static final RiskAppetite TEN =
            appetite(FurtherRules.none().withDegreesOfFreedom(10).withAtRisk(10));
    private static final RiskAppetite HIDDEN_ZEROS =
            new RiskAppetite(10, ZeroRule.HIDDEN, 1, List.of(), null, TEN.further());

    @ParameterizedTest
    @CsvSource({"12,2,Pass", "11,2,Fail", "2,2,Fail", "1,5,Fail", "101,2,Review"})
    void degreesOfFreedom(long units, long parameters, String verdict) {
        Cell cell = statistic(100, new Model(units, parameters, null));
        assertVerdict(new DegreesOfFreedom(), cell, TEN, verdict);
        assertVerdict(new DegreesOfFreedom(), cell, appetite(FurtherRules.none()), "Review");
        assertVerdict(new DegreesOfFreedom(), statistic(100), TEN, "Pass");
        RiskAppetite twenty = new RiskAppetite(20, ZeroRule.SHOWN, 1, List.of(), null, TEN.further());
        assertVerdict(new DegreesOfFreedom(), statistic(100, new Model(19, 2, null)), twenty, "Fail");
        assertVerdict(new DegreesOfFreedom(), statistic(100, new Model(20, 2, null)), twenty, "Pass");
    }

    @ParameterizedTest
    @CsvSource({
        // limit, leverage
        "0.5,0.49,Pass",
        "0.5,0.5,Fail",
        "0.5,,Review",
        ",0.99,Pass",
        ",1,Fail",
        ",1.5,Fail",
        ",,Pass"
    })
    void leverage(@Nullable BigDecimal limit, @Nullable BigDecimal leverage, String verdict) {
        FurtherRules rules =
                limit == null ? FurtherRules.none() : FurtherRules.none().withLeverage(limit);
        assertVerdict(new Leverage(), statistic(100, new Model(100, 2, leverage)), appetite(rules), verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // people, then at risk/events of each step; least number 10
        "100,100/10 80/10,Pass",
        "100,100/9 80/10,Fail",
        "100,100/0 91/0,Fail",
        "100,100/0 90/0,Pass",
        "100,95/0,Fail",
        "100,50/10 40/31,Fail",
        "100,50/10 40/30,Pass",
        "100,50/10 40/40,Pass",
        "100,100/10 85/10,Fail",
        "100,100/10 90/10,Pass",
        "100,100/20 90/10,Review",
        "100,50/10 9/0,Fail",
        "100,50/10 0/0,Pass",
        "100,50/0 60/0,Review",
        "40,50/10,Review"
    })
    void survivalAtRisk(long people, String steps, String verdict) {
        Survival survival = new Survival(Arrays.stream(steps.split(" "))
                .map(step -> step.split("/"))
                .map(step -> new Survival.Step(Long.parseLong(step[0]), Long.parseLong(step[1])))
                .toList());
        assertVerdict(new SurvivalAtRisk(), statistic(people, survival), TEN, verdict);
        assertVerdict(new SurvivalAtRisk(), statistic(people, survival), appetite(FurtherRules.none()), "Review");
    }

    @Test
    void thatNobodyIsLeftIsClassDisclosureWhereZerosAreHidden() {
        Cell cell = statistic(100, new Survival(List.of(new Survival.Step(50, 10), new Survival.Step(40, 40))));
        assertVerdict(new SurvivalAtRisk(), cell, HIDDEN_ZEROS, "Fail");
    }

    @ParameterizedTest
    @CsvSource({
        // people at the value, structural, zeros
        "10,false,SHOWN,Pass",
        "9,false,SHOWN,Fail",
        "1,true,SHOWN,Pass",
        "0,true,SHOWN,Review",
        "101,true,SHOWN,Review",
        "100,false,SHOWN,Pass",
        "100,true,HIDDEN,Fail",
        "99,true,HIDDEN,Pass"
    })
    void extremes(long units, boolean structural, ZeroRule zeros, String verdict) {
        RiskAppetite appetite = new RiskAppetite(10, zeros, 1, List.of(), null);
        assertVerdict(new Extremes(), statistic(100, new Extreme(units, structural)), appetite, verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // people with the value, with others, zeros
        "60,40,SHOWN,Pass",
        "91,9,SHOWN,Fail",
        "90,10,SHOWN,Pass",
        "9,91,SHOWN,Fail",
        "100,0,SHOWN,Pass",
        "100,0,HIDDEN,Fail",
        "60,70,SHOWN,Pass",
        "50,40,SHOWN,Review",
        "101,0,SHOWN,Review",
        "0,100,SHOWN,Review"
    })
    void modes(long units, long others, ZeroRule zeros, String verdict) {
        RiskAppetite appetite = new RiskAppetite(10, zeros, 1, List.of(), null);
        assertVerdict(new ModalValue(), statistic(100, new Modal(units, others)), appetite, verdict);
    }

    @ParameterizedTest
    @CsvSource({"0,Pass", "9,Fail", "10,Pass", "90,Pass", "91,Fail", "99,Fail", "100,Pass"})
    void concentrationRatios(long leaders, String verdict) {
        assertVerdict(new ConcentrationCheck(), statistic(100, new Concentration(leaders)), TEN, verdict);
    }

    /** The Herfindahl index of 90 and ten of one each tells, beside the total, that somebody has 90. */
    @Test
    void indexOfADominatedSumFailsLikeTheSum() {
        Evidence evidence =
                new Evidence(dec("0.81"), 11L, dec("90"), dec("1"), dec("100"), false).with(new Concentration(0));
        RiskAppetite appetite =
                new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(new Dominance(2, dec("0.9"))), dec("0.15"));
        assertThat(Checks.findings(cell(Figures.STATISTIC, 11L, evidence), appetite))
                .extracting(Finding::rule)
                .containsExactly(Rule.NK_DOMINANCE, Rule.P_PERCENT);
        assertVerdict(new NkDominance(), statistic(11, new Concentration(0)), appetite(FurtherRules.none()), "Review");
    }

    /** Married people of the handbook's table 5.2 all work full time; the odds ratio would tell. */
    @ParameterizedTest
    @CsvSource({"10 10 10 10,SHOWN,Pass", "9 10 10 10,SHOWN,Fail", "60 0 50 10,SHOWN,Pass", "60 0 50 10,HIDDEN,Fail"})
    void implicitTables(String cells, ZeroRule zeros, String verdict) {
        ImplicitTable table = new ImplicitTable(
                Arrays.stream(cells.split(" ")).map(Long::valueOf).toList());
        RiskAppetite appetite = new RiskAppetite(10, zeros, 1, List.of(), null);
        assertVerdict(new ImplicitTableCheck(), statistic(200, table), appetite, verdict);
    }

    @Test
    void valuesOfSinglePeopleAreNeverShown() {
        assertVerdict(new UnitLevelFigures(), statistic(100_000, new UnitLevel()), TEN, "Fail");
        assertVerdict(new UnitLevelFigures(), statistic(100_000), TEN, "Pass");
    }

    @Test
    void statisticThatNoCheckKnowsGoesToReview() {
        assertVerdict(new StatisticJudged(), statistic(100), TEN, "Review");
        assertVerdict(new StatisticJudged(), statistic(100, new Modal(60, 40)), TEN, "Pass");
        assertVerdict(new StatisticJudged(), Figures.sum(100, "1", "1", "100"), TEN, "Pass");
    }

    @Test
    void statisticOfEnoughPeopleIsShown() {
        assertThat(Checks.findings(statistic(100, new Model(100, 2, dec("0.2"))), TEN))
                .isEmpty();
        assertThat(Checks.findings(statistic(9, new Model(9, 2, dec("0.2"))), TEN))
                .extracting(Finding::rule)
                .containsExactly(Rule.MINIMUM_FREQUENCY, Rule.DEGREES_OF_FREEDOM);
    }
}
