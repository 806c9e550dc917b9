package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.MeasureRelation;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComplementarySuppressionTest {
    private static final RiskAppetite EXACT_COUNTS = Tables.counts(3, ZeroRule.SHOWN, 1);

    @Test
    void tableWithoutSmallCellsIsShownWhole() {
        Assessment assessment = Tables.protect(Tables.cube(new int[][] {{30, 40}, {50, 60}}), EXACT_COUNTS);
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        assertThat(IntStream.range(0, 9).filter(row -> Tables.isHidden(assessment, row)))
                .isEmpty();
    }

    @Test
    void oneSmallCellTakesARectangleWithIt() {
        EvidenceTable table = Tables.cube(new int[][] {{2, 40, 90}, {50, 60, 95}, {99, 98, 97}});
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        assertThat(hiddenAddresses(assessment))
                .containsExactlyInAnyOrder(
                        address(0, "r0", "c0"), address(0, "r0", "c1"), address(0, "r1", "c0"), address(0, "r1", "c1"));
        assertThat(rules(assessment, Tables.indexOf(table, 0, "r0", "c0"))).containsExactly(Rule.MINIMUM_FREQUENCY);
        assertThat(rules(assessment, Tables.indexOf(table, 0, "r1", "c1"))).containsExactly(Rule.COMPLEMENTARY);
    }

    /**
     * Two hidden cells in every row and column, and still cell (r1,c2) is exact: it alone joins two closed blocks, so the sums of the
     * first two rows less the sums of the first two columns give it away.
     */
    @Test
    void twoPerLineIsNoProofAndIsRepaired() {
        EvidenceTable table = Tables.cube(new int[][] {{2, 2, 50, 51}, {2, 2, 1, 52}, {53, 54, 2, 2}, {55, 56, 2, 2}});
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        int bridge = Tables.indexOf(table, 0, "r1", "c2");
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        assertThat(hiddenAddresses(assessment)).hasSizeGreaterThan(9);
        HiddenInterval interval = interval(assessment, bridge);
        assertThat(interval.lower()).isEqualByComparingTo("1");
        assertThat(interval.upper()).isGreaterThanOrEqualTo(BigDecimal.valueOf(3));
    }

    @Test
    void smallCellsOfOneLineDoNotCoverEachOther() {
        // Hidden 1 and 1 add up to 2, which the total gives away: fewer than three people.
        EvidenceTable table = line(1, 1, 40, 30, 72);
        assertThat(hiddenAddresses(Tables.protect(table, EXACT_COUNTS)))
                .containsExactlyInAnyOrder(address(0, "0"), address(0, "1"), address(0, "3"));
    }

    /** Three singletons among larger cells (GaussSuppression, user support issue 135). */
    @Test
    void singletonsDoNotLearnEachOther() {
        EvidenceTable table = line(1, 1, 7, 1, 0, 1, 0, 0, 2, 8, 21);
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        for (int row : new int[] {0, 1, 3, 5, 8}) {
            HiddenInterval interval = interval(assessment, row);
            assertThat(interval.upper()).isGreaterThanOrEqualTo(BigDecimal.valueOf(3));
        }
    }

    @Test
    void singleContributorNeedsMoreThanOnePartner() {
        // 1 and 2 are hidden with 5: without the insider [1..] is fine, and the person who is the 1 must not learn the
        // 2 either.
        EvidenceTable table = line(1, 2, 5, 60, 68);
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        assertThat(hiddenAddresses(assessment)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void roundingOfManyNeighboursMayBeProtectionEnough() {
        RiskAppetite rounded = Tables.counts(10, ZeroRule.SHOWN, 5);
        Assessment assessment = Tables.protect(line(3, 20, 31, 42, 53, 64, 213), rounded);
        assertThat(hiddenAddresses(assessment)).containsExactly(address(0, "0"));
        assertThat(interval(assessment, 0).upper()).isGreaterThanOrEqualTo(BigDecimal.TEN);
    }

    @Test
    void roundingOfOneNeighbourIsNot() {
        RiskAppetite rounded = Tables.counts(10, ZeroRule.SHOWN, 5);
        assertThat(hiddenAddresses(Tables.protect(line(9, 20, 29), rounded))).hasSize(2);
    }

    @Test
    void zerosCannotServeAsCover() {
        EvidenceTable table = line(2, 0, 0, 50, 52);
        assertThat(hiddenAddresses(Tables.protect(table, EXACT_COUNTS)))
                .containsExactlyInAnyOrder(address(0, "0"), address(0, "3"));
    }

    @Test
    void cellPublishedEarlierStaysAndCannotCover() {
        EvidenceTable line = line(2, 40, 50, 92);
        EvidenceTable table = new EvidenceTable(
                line.measures(),
                line.rows(),
                line.margins(),
                List.of(),
                List.of(new FixedCell(1, 0, BigDecimal.valueOf(40))));
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        assertThat(assessment.cell(1, 0)).isEqualTo(new Protected.Shown(BigDecimal.valueOf(40), false));
        assertThat(hiddenAddresses(assessment)).containsExactlyInAnyOrder(address(0, "0"), address(0, "2"));
    }

    @Test
    void tableThatEarlierAnswersGiveAwayIsWithheld() {
        EvidenceTable line = line(2, 40, 50, 92);
        List<FixedCell> fixed = List.of(
                new FixedCell(1, 0, BigDecimal.valueOf(40)),
                new FixedCell(2, 0, BigDecimal.valueOf(50)),
                new FixedCell(3, 0, BigDecimal.valueOf(92)));
        EvidenceTable table = new EvidenceTable(line.measures(), line.rows(), line.margins(), List.of(), fixed);
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        assertThat(assessment.proof()).isInstanceOf(Proof.NotProtected.class);
        assertThat(hiddenAddresses(assessment)).hasSize(4);
        assertThat(rules(assessment, 3)).containsExactly(Rule.HISTORY);
    }

    @Test
    void numbersThatDoNotAddUpHideTheWholePart() {
        EvidenceTable line = line(2, 40, 50, 92);
        List<EvidenceRow> rows = new ArrayList<>(line.rows());
        Measure events = Measure.count("events", MeasureKind.ROWS);
        rows.set(3, Tables.row(1, 93));
        EvidenceTable table = EvidenceTable.of(List.of(events), rows).withMargins(line.margins());
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        assertThat(assessment.proof()).isInstanceOf(Proof.Conservative.class);
        assertThat(hiddenAddresses(assessment)).hasSize(4);
    }

    @Test
    void patientsWhoStandInSeveralCellsStillBoundTheirMargin() {
        // 40 + 9 overlap in a margin of 45 patients: with 40 and 45 known, at least 5 are in the hidden cell, at most
        // 45.
        Assessment assessment = Tables.protect(line(9, 40, 45), Tables.counts(10, ZeroRule.SHOWN, 1));
        assertThat(hiddenAddresses(assessment)).containsExactly(address(0, "0"));
        HiddenInterval interval = interval(assessment, 0);
        assertThat(interval.lower()).isEqualByComparingTo("5");
        assertThat(interval.upper()).isEqualByComparingTo("45");
    }

    @Test
    void armsThatAddUpToTheirWholeAreProtectedTogether() {
        List<Measure> measures = List.of(
                Tables.PATIENTS,
                Measure.count("women", MeasureKind.UNITS).onArm(),
                Measure.count("men", MeasureKind.UNITS).onArm(),
                Measure.count("unknown", MeasureKind.UNITS).onArm());
        EvidenceRow row = new EvidenceRow(
                Address.of("x"),
                100L,
                5000L,
                List.of(
                        Evidence.ofCount(100, 100),
                        Evidence.ofCount(50, 50),
                        Evidence.ofCount(41, 41),
                        Evidence.ofCount(9, 9)));
        EvidenceTable table = new EvidenceTable(
                measures, List.of(row), List.of(), List.of(MeasureRelation.total(0, List.of(1, 2, 3))), List.of());
        Assessment assessment = Tables.protect(table, Tables.counts(10, ZeroRule.SHOWN, 1));
        assertThat(IntStream.range(0, 4).filter(measure -> assessment.cell(0, measure) instanceof Protected.Hidden))
                .hasSize(2)
                .contains(3);
    }

    @Test
    void sameNumberUnderAnotherNameIsHiddenToo() {
        List<Measure> measures = List.of(Tables.PATIENTS, Measure.count("events", MeasureKind.ROWS));
        List<EvidenceRow> rows = new ArrayList<>();
        for (EvidenceRow row : line(2, 40, 50, 92).rows()) {
            rows.add(new EvidenceRow(
                    row.address(),
                    row.units(),
                    row.populationUnits(),
                    List.of(row.evidence().getFirst(), row.evidence().getFirst())));
        }
        EvidenceTable table =
                EvidenceTable.of(measures, rows).withMargins(List.of(MarginEquation.margin(3, List.of(0, 1, 2))));
        Assessment assessment = Tables.protect(table, EXACT_COUNTS);
        for (int row = 0; row < 4; row++) {
            assertThat(assessment.cell(row, 0) instanceof Protected.Hidden)
                    .isEqualTo(assessment.cell(row, 1) instanceof Protected.Hidden);
        }
    }

    @Test
    void tableBeyondTheLimitsIsHiddenWithItsMarginsAndSaysSo() {
        EvidenceTable table = Tables.cube(new int[][] {{2, 40, 90}, {50, 60, 95}, {99, 98, 97}});
        Assessment assessment = new Protection(table, EXACT_COUNTS, new AuditLimits(0, 1, 1, 1)).assess();
        assertThat(assessment.proof()).isInstanceOf(Proof.Conservative.class);
        assertThat(hiddenAddresses(assessment)).hasSize(16);
    }

    private static EvidenceTable line(int... partsAndTotal) {
        List<EvidenceRow> rows = new ArrayList<>();
        int last = partsAndTotal.length - 1;
        for (int i = 0; i < last; i++) {
            rows.add(Tables.row(0, partsAndTotal[i], String.valueOf(i)));
        }
        rows.add(Tables.row(1, partsAndTotal[last]));
        return EvidenceTable.of(List.of(Tables.PATIENTS), rows)
                .withMargins(List.of(MarginEquation.margin(
                        last, IntStream.range(0, last).boxed().toList())));
    }

    private static Address address(int set, String... keys) {
        return new Address(set, List.of(keys));
    }

    private static List<Address> hiddenAddresses(Assessment assessment) {
        return assessment.rows().stream()
                .filter(row -> row.cells().getFirst() instanceof Protected.Hidden)
                .map(Assessment.Row::address)
                .toList();
    }

    private static List<Rule> rules(Assessment assessment, int row) {
        return assessment.cell(row, 0) instanceof Protected.Hidden hidden
                ? hidden.findings().stream().map(finding -> finding.rule()).toList()
                : List.of();
    }

    private static HiddenInterval interval(Assessment assessment, int row) {
        return assessment.intervals().stream()
                .filter(interval -> interval.row() == row && interval.measure() == 0)
                .findFirst()
                .orElseThrow();
    }
}
