package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
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

class SumProtectionTest {
    private static final Measure COST = Measure.sum("cost", BigDecimal.ONE);

    @Test
    void dominatedSumIsCoveredToItsProtectionLevel() {
        // 1000 = 900 + 60 + others 40: p 20 % asks for 180, so the level is 140 on both sides.
        EvidenceTable table = line(
                row("a", 20, 1000, 900, 60),
                row("b", 20, 100, 10, 9),
                row("c", 20, 500, 50, 40),
                row("d", 20, 5000, 400, 300),
                total(80, 6600, 900, 400));
        Assessment assessment = Tables.protect(table, priorPosterior("0.20"));
        assertThat(hidden(assessment)).containsExactlyInAnyOrder(0, 2);
        HiddenInterval interval = assessment.intervals().getFirst();
        assertThat(interval.upper()).isGreaterThanOrEqualTo(BigDecimal.valueOf(1140));
        assertThat(interval.lower()).isLessThanOrEqualTo(BigDecimal.valueOf(860));
        assertThat(rules(assessment, 0)).containsExactly(Rule.P_PERCENT);
        assertThat(rules(assessment, 2)).containsExactly(Rule.COMPLEMENTARY);
    }

    /** Two dominated cells do not protect each other when their sum is dominated too (GaussSuppression, user support issue 160). */
    @Test
    void unionOfHiddenSumsMustNotBeDominatedEither() {
        RiskAppetite appetite =
                new RiskAppetite(3, ZeroRule.SHOWN, 1, List.of(new Dominance(2, new BigDecimal("0.80"))), null);
        EvidenceTable table = line(
                row("a", 20, 1000, 900, 50),
                row("b", 20, 900, 800, 50),
                row("c", 20, 3000, 100, 90),
                row("d", 20, 4000, 100, 90),
                total(80, 8900, 900, 800));
        assertThat(hidden(Tables.protect(table, appetite))).containsExactlyInAnyOrder(0, 1, 2);
    }

    /** Hidden with the neighbour alone, the one person of cell a would subtract the own 100 and have the neighbour's sum. */
    @Test
    void singleContributorMustNotLearnAProtectedNeighbour() {
        EvidenceTable table = line(
                row("a", 1, 100, 100, 0),
                row("b", 20, 1000, 900, 60),
                row("c", 20, 5000, 400, 300),
                total(41, 6100, 900, 400));
        assertThat(hidden(Tables.protect(table, priorPosterior("0.10")))).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void negativeContributionsAreJudgedByTheirSize() {
        EvidenceRow offset = new EvidenceRow(
                new Address(0, List.of("a")),
                20L,
                1000L,
                List.of(new Evidence(dec(3), 20L, dec(1000), dec(900), dec(1950), true)));
        Assessment assessment =
                Tables.protect(EvidenceTable.of(List.of(COST), List.of(offset)), priorPosterior("0.10"));
        assertThat(rules(assessment, 0)).containsExactly(Rule.P_PERCENT);
    }

    @Test
    void sumOfNobodyIsShownAsNothing() {
        EvidenceRow empty = new EvidenceRow(
                new Address(0, List.of("a")), 0L, 1000L, List.of(new Evidence(null, 0L, null, null, null, null)));
        Assessment assessment = Tables.protect(EvidenceTable.of(List.of(COST), List.of(empty)), priorPosterior("0.10"));
        assertThat(assessment.cell(0, 0)).isEqualTo(new Protected.Shown(null, true));
    }

    @Test
    void missingEvidenceHidesAndNamesTheCheck() {
        EvidenceRow bare = new EvidenceRow(
                new Address(0, List.of("a")), 50L, 1000L, List.of(new Evidence(dec(70), 50L, null, null, null, null)));
        Assessment assessment = Tables.protect(EvidenceTable.of(List.of(COST), List.of(bare)), priorPosterior("0.10"));
        assertThat(rules(assessment, 0)).containsExactly(Rule.P_PERCENT);
        EvidenceRow unknown = new EvidenceRow(new Address(0, List.of("a")), null, null, List.of(Evidence.missing()));
        Assessment nothing = Tables.protect(EvidenceTable.of(List.of(COST), List.of(unknown)), priorPosterior("0.10"));
        assertThat(nothing.cell(0, 0)).isInstanceOf(Protected.Hidden.class);
        assertThat(nothing.rows().getFirst().belowThreshold()).isTrue();
    }

    private static EvidenceTable line(EvidenceRow... partsAndTotal) {
        int last = partsAndTotal.length - 1;
        return EvidenceTable.of(List.of(COST), List.of(partsAndTotal))
                .withMargins(List.of(MarginEquation.margin(
                        last, IntStream.range(0, last).boxed().toList())));
    }

    private static EvidenceRow row(String key, long units, long sum, long largest, long second) {
        return row(new Address(0, List.of(key)), units, sum, largest, second);
    }

    private static EvidenceRow total(long units, long sum, long largest, long second) {
        return row(new Address(1, List.of()), units, sum, largest, second);
    }

    private static EvidenceRow row(Address address, long units, long sum, long largest, long second) {
        return new EvidenceRow(
                address,
                units,
                10_000L,
                List.of(new Evidence(dec(sum), units, dec(largest), dec(second), dec(sum), false)));
    }

    private static RiskAppetite priorPosterior(String p) {
        return new RiskAppetite(3, ZeroRule.SHOWN, 1, List.of(), new BigDecimal(p));
    }

    private static BigDecimal dec(long value) {
        return BigDecimal.valueOf(value);
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
