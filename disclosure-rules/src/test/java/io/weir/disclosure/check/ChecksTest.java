package io.weir.disclosure.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.Neighbours;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table of each check; an empty field is missing evidence. */
class ChecksTest {
    private static final Measure COUNT = Measure.count("patients", MeasureKind.UNITS);
    private static final Measure SUM = Measure.sum("cost", BigDecimal.ONE);

    @ParameterizedTest
    @CsvSource({
        "0,0,Pass",
        "1,1,Fail",
        "9,9,Fail",
        "10,10,Pass",
        "11,9,Fail",
        "11,1,Fail",
        "11,0,Pass",
        "11,10,Pass",
        ",10,Review",
        "10,,Review",
        "10,11,Review"
    })
    void minimumFrequency(@Nullable Long units, @Nullable Long contributing, String verdict) {
        assertVerdict(new MinimumFrequency(), cell(COUNT, units, 1000L, contributing), verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "100,100,100,Fail", "99,100,99,Fail", "91,100,91,Fail", "90,100,90,Pass", "50,100,50,Pass", "50,100,49,Fail",
        "50,100,41,Fail", "50,100,40,Pass", "50,,50,Review", ",100,50,Review", "50,100,,Review", "101,100,50,Review",
        "50,100,51,Review", "0,100,0,Pass"
    })
    void complement(@Nullable Long units, @Nullable Long population, @Nullable Long contributing, String verdict) {
        assertVerdict(new Complement(), cell(COUNT, units, population, contributing), verdict);
    }

    /** Nobody missing looks like few missing, but where it must be so, and where zeros are shown anyway. */
    @ParameterizedTest
    @CsvSource({"HIDDEN,false,Fail", "HIDDEN,true,Pass", "SHOWN,false,Pass"})
    void aCellThatNobodyIsMissingFrom(ZeroRule zeros, boolean everybody, String verdict) {
        RiskAppetite appetite = new RiskAppetite(10, zeros, 5, List.of(), null);
        EvidenceRow row = new EvidenceRow(
                new Address(0, List.of()), 100L, 100L, null, everybody, List.of(Evidence.ofCount(100, 100)));
        assertThat(new Complement()
                        .judge(new Cell(row, COUNT, row.evidence().getFirst()), appetite)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(verdict);
    }

    /** Of events it is not who has none inside that counts, but who has some outside. */
    @ParameterizedTest
    @CsvSource({"UNITS,50,Fail", "ROWS,50,Pass", "ROWS,9,Fail", "ROWS,0,Fail", "ROWS,,Fail"})
    void whatIsMissingOfEvents(MeasureKind kind, @Nullable Long outside, String verdict) {
        EvidenceRow row = new EvidenceRow(
                new Address(0, List.of()), 100L, 100L, outside, false, List.of(Evidence.ofCount(100, 100)));
        Cell cell = new Cell(row, Measure.count("events", kind), row.evidence().getFirst());
        assertVerdict(new Complement(), cell, verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "HIDDEN,false,0,0,Fail", "HIDDEN,false,20,0,Fail", "HIDDEN,false,20,20,Pass", "HIDDEN,true,20,20,Pass",
        "HIDDEN,true,20,19,Pass", "HIDDEN,false,,20,Review", "HIDDEN,false,20,,Review", "SHOWN,false,0,0,Pass",
        "SHOWN,true,20,20,Pass", "SHOWN,false,,,Pass"
    })
    void zeroCells(ZeroRule zeros, boolean arm, @Nullable Long units, @Nullable Long contributing, String verdict) {
        Measure measure = arm ? COUNT.onArm() : COUNT;
        RiskAppetite appetite = new RiskAppetite(10, zeros, 5, List.of(), null);
        Cell cell = cell(measure, units, 1000L, contributing);
        assertThat(new ZeroCells().judge(cell, appetite).getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // zeros, share of a group, arm, people, of whom in the arm
        "HIDDEN,,true,20,20,Fail", "HIDDEN,,true,20,19,Pass", "HIDDEN,,true,20,0,Pass", "HIDDEN,,false,20,20,Pass",
        "HIDDEN,,true,,20,Review", "HIDDEN,,true,20,,Review", "SHOWN,,true,20,20,Pass", "SHOWN,,true,,,Pass",
        "SHOWN,0.9,true,100,90,Fail", "SHOWN,0.9,true,100,89,Pass", "SHOWN,0.9,true,100,,Review",
                "SHOWN,0.9,true,0,0,Pass",
        "SHOWN,0.9,false,100,100,Pass"
    })
    void classDisclosure(
            ZeroRule zeros,
            @Nullable BigDecimal share,
            boolean arm,
            @Nullable Long units,
            @Nullable Long contributing,
            String verdict) {
        FurtherRules further =
                share == null ? FurtherRules.none() : FurtherRules.none().withGroupShare(share);
        RiskAppetite appetite = new RiskAppetite(10, zeros, 5, List.of(), null, further);
        Cell cell = cell(arm ? COUNT.onArm() : COUNT, units, 1000L, contributing);
        assertThat(new ClassDisclosure().judge(cell, appetite).getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void thatEverybodysValueIsKnownIsNoClassDisclosure() {
        RiskAppetite appetite = new RiskAppetite(10, ZeroRule.HIDDEN, 5, List.of(), null);
        Cell all = cell(COUNT.onPresence(), 40L, 1000L, 40L);
        assertThat(new ClassDisclosure().judge(all, appetite)).isInstanceOf(Verdict.Pass.class);
        Cell arm = cell(COUNT.onArm(), 40L, 1000L, 40L);
        assertThat(new ClassDisclosure().judge(arm, appetite)).isInstanceOf(Verdict.Fail.class);
    }

    @ParameterizedTest
    @CsvSource({
        // largest, second, total: fails at 90 % or more
        "50,39,100,Pass",
        "50,40,100,Fail",
        "60,40,100,Fail",
        "0,0,0,Pass",
        "50,40,,Review",
        ",40,100,Review",
        "50,,100,Review",
        "80,30,100,Review"
    })
    void nkDominance(
            @Nullable BigDecimal largest, @Nullable BigDecimal second, @Nullable BigDecimal total, String verdict) {
        assertVerdict(new NkDominance(), sum(20L, largest, second, total), verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // contributors, largest, second, total: the others must make up 10 % of the largest
        "20,50,40,95,Pass",
        "20,50,40,94.9,Fail",
        "1,50,0,50,Fail",
        "1,0,0,0,Fail",
        "2,50,50,100,Fail",
        "20,50,40,,Review",
        ",50,40,100,Review",
        "20,80,30,100,Review"
    })
    void pPercent(
            @Nullable Long contributing,
            @Nullable BigDecimal largest,
            @Nullable BigDecimal second,
            @Nullable BigDecimal total,
            String verdict) {
        assertVerdict(new PPercent(), sum(contributing, largest, second, total), verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "UNITS,10,10,Pass",
        "UNITS,11,10,Review",
        "ROWS,25,10,Pass",
        "ROWS,9,10,Review",
        "ROWS,10.5,10,Review",
        "ROWS,0,0,Pass",
        "ROWS,3,0,Review",
        "DISTINCT_VALUES,2,10,Pass",
        "DISTINCT_VALUES,0,10,Review",
        "SUM,-5,10,Pass",
        "SUM,5,0,Review",
        "SUM,,0,Pass",
        "SUM,,10,Review",
        "UNITS,,,Review"
    })
    void valuePresent(MeasureKind kind, @Nullable BigDecimal value, @Nullable Long contributing, String verdict) {
        Measure measure = kind == MeasureKind.SUM ? SUM : Measure.count("n", kind);
        Evidence evidence = new Evidence(value, contributing, null, null, null, null);
        assertVerdict(
                new ValuePresent(),
                new Cell(new EvidenceRow(Address.of("a"), 20L, 1000L, List.of(evidence)), measure, evidence),
                verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // fewest people of a part, mean
        "10,250,Pass",
        "9,250,Fail",
        "0,,Fail",
        "10,,Review",
        ",250,Review"
    })
    void enoughNeighbours(@Nullable Long fewest, @Nullable BigDecimal mean, String verdict) {
        Neighbours neighbours = fewest == null ? null : new Neighbours(fewest, BigDecimal.ONE, BigDecimal.ONE);
        Evidence evidence =
                new Evidence(mean, 100L, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, false, null, neighbours);
        Measure median = Measure.position("median", BigDecimal.ONE);
        EvidenceRow row = new EvidenceRow(Address.of("a"), 100L, 1000L, List.of(evidence));
        assertVerdict(new EnoughNeighbours(), new Cell(row, median, evidence), verdict);
        assertVerdict(new EnoughNeighbours(), new Cell(row, SUM, evidence), "Pass");
    }

    /** The largest contribution to a position is of records. */
    @ParameterizedTest
    @CsvSource({"50,39,100,Pass", "50,40,100,Fail"})
    void oneSubjectMayNotFillTheNeighbourhood(BigDecimal largest, BigDecimal second, BigDecimal all, String verdict) {
        Evidence evidence = new Evidence(
                BigDecimal.TEN,
                20L,
                largest,
                second,
                all,
                false,
                null,
                new Neighbours(20, BigDecimal.ONE, BigDecimal.ONE));
        EvidenceRow row = new EvidenceRow(Address.of("a"), 20L, 1000L, List.of(evidence));
        assertVerdict(new NkDominance(), new Cell(row, Measure.position("p", BigDecimal.ONE), evidence), verdict);
    }

    @Test
    void sumWithoutAnyRuleForSumsGoesToReview() {
        RiskAppetite silent = new RiskAppetite(10, ZeroRule.SHOWN, 5, List.of(), null);
        Cell cell = sum(20L, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN);
        assertThat(new NkDominance().judge(cell, silent)).isInstanceOf(Verdict.Review.class);
    }

    @Test
    void everyDominanceRuleMustHold() {
        RiskAppetite abs = new RiskAppetite(
                10,
                ZeroRule.SHOWN,
                1,
                List.of(new Dominance(1, new BigDecimal("0.5")), new Dominance(2, new BigDecimal("0.67"))),
                null);
        assertThat(new NkDominance().judge(sum(20L, dec(50), dec(1), dec(100)), abs))
                .isInstanceOf(Verdict.Fail.class);
        assertThat(new NkDominance().judge(sum(20L, dec(40), dec(27), dec(100)), abs))
                .isInstanceOf(Verdict.Fail.class);
        assertThat(new NkDominance().judge(sum(20L, dec(40), dec(26), dec(100)), abs))
                .isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void dominanceLeavesCountsAndEmptySumsAlone() {
        assertVerdict(new NkDominance(), cell(COUNT, 20L, 100L, 20L), "Pass");
        assertVerdict(new PPercent(), cell(COUNT, 20L, 100L, 20L), "Pass");
        assertVerdict(new PPercent(), sum(0L, null, null, null), "Pass");
    }

    @Test
    void findingsCarryNoNumbers() {
        Cell cell = sum(3L, dec(500), dec(400), dec(901));
        assertThat(Checks.findings(cell, appetite()))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.sentence()).doesNotContainPattern("[0-9]"));
        assertThat(cell.toString()).doesNotContain("500", "901");
    }

    private static void assertVerdict(Check check, Cell cell, String verdict) {
        assertThat(check.judge(cell, appetite()).getClass().getSimpleName()).isEqualTo(verdict);
    }

    private static RiskAppetite appetite() {
        return new RiskAppetite(
                10, ZeroRule.HIDDEN, 5, List.of(new Dominance(2, new BigDecimal("0.9"))), new BigDecimal("0.1"));
    }

    private static Cell cell(
            Measure measure, @Nullable Long units, @Nullable Long population, @Nullable Long contributing) {
        Evidence evidence = new Evidence(
                contributing == null ? null : BigDecimal.valueOf(contributing), contributing, null, null, null, null);
        return new Cell(new EvidenceRow(Address.of("a"), units, population, List.of(evidence)), measure, evidence);
    }

    private static Cell sum(
            @Nullable Long contributing,
            @Nullable BigDecimal largest,
            @Nullable BigDecimal second,
            @Nullable BigDecimal total) {
        Evidence evidence = new Evidence(total, contributing, largest, second, total, false);
        return new Cell(new EvidenceRow(Address.of("a"), 20L, 1000L, List.of(evidence)), SUM, evidence);
    }

    private static BigDecimal dec(long value) {
        return BigDecimal.valueOf(value);
    }
}
