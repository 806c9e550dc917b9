package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.Readers;
import io.weir.disclosure.protection.PatternAudit.HiddenCell;
import io.weir.disclosure.protection.PatternAudit.Outcome;
import io.weir.disclosure.protection.PatternAudit.Place;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns that somebody else chose. */
class PatternAuditTest {
    private static final RiskAppetite FIVE = Tables.counts(5, ZeroRule.SHOWN, 1);

    private static List<HiddenCell> audit(EvidenceTable table, RiskAppetite appetite, Set<Place> hidden) {
        return new PatternAudit(table, appetite, AuditLimits.interactive()).of(hidden);
    }

    private static Set<Place> patternOf(EvidenceTable table, RiskAppetite appetite) {
        Assessment assessment = Tables.protect(table, appetite);
        Set<Place> hidden = new HashSet<>();
        for (int row = 0; row < table.rows().size(); row++) {
            if (Tables.isHidden(assessment, row)) {
                hidden.add(new Place(row, 0));
            }
        }
        return hidden;
    }

    @Test
    void aLonelyHiddenCellIsKnownExactly() {
        EvidenceTable table = Tables.cube(new int[][] {{3, 20, 30}, {40, 50, 60}});
        int small = Tables.indexOf(table, 0, "r0", "c0");
        HiddenCell alone = audit(table, FIVE, Set.of(new Place(small, 0))).getFirst();
        assertThat(alone.outcome()).isEqualTo(Outcome.TOO_NARROW);
        assertThat(alone.byRule()).isTrue();
        HiddenInterval interval = Objects.requireNonNull(alone.interval());
        assertThat(interval.lower()).isEqualByComparingTo("3").isEqualByComparingTo(interval.upper());
    }

    @Test
    void fourHiddenCellsProtectEachOther() {
        EvidenceTable table = Tables.cube(new int[][] {{3, 20, 30}, {40, 50, 60}});
        Set<Place> square = new HashSet<>();
        for (String r : List.of("r0", "r1")) {
            for (String c : List.of("c0", "c1")) {
                square.add(new Place(Tables.indexOf(table, 0, r, c), 0));
            }
        }
        assertThat(audit(table, FIVE, square))
                .hasSize(4)
                .allSatisfy(cell -> assertThat(cell.outcome()).isEqualTo(Outcome.ENOUGH));
    }

    @Test
    void onePartThatFailsDoesNotExcuseAnother() {
        EvidenceTable table = Tables.cube(new int[][] {{3, 20, 30, 70}, {40, 50, 60, 4}});
        Set<Place> two = Set.of(
                new Place(Tables.indexOf(table, 0, "r0", "c0"), 0), new Place(Tables.indexOf(table, 0, "r1", "c3"), 0));
        assertThat(audit(table, FIVE, two))
                .extracting(HiddenCell::outcome)
                .containsExactly(Outcome.TOO_NARROW, Outcome.TOO_NARROW);
    }

    @Test
    void aCellIsHiddenOrPublished() {
        EvidenceTable table = Tables.cube(new int[][] {{3, 20}, {40, 50}});
        EvidenceTable fixed = new EvidenceTable(
                table.measures(),
                table.rows(),
                table.margins(),
                List.of(),
                List.of(new FixedCell(0, 0, BigDecimal.valueOf(3))));
        assertThatThrownBy(() -> audit(fixed, FIVE, Set.of(new Place(0, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> audit(table, FIVE, Set.of(new Place(99, 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(audit(table, FIVE, Set.of())).isEmpty();
    }

    /** What the library hides passes; without one of the cells that it hid for others' sake something fails. */
    @ParameterizedTest
    @CsvSource({"3,SHOWN", "5,SHOWN", "3,HIDDEN", "5,HIDDEN"})
    void theLibrarysPatternsPassAndAreNotTooLarge(int threshold, ZeroRule zeros) {
        Random random = new Random(threshold);
        RiskAppetite appetite = Tables.counts(threshold, zeros, 1);
        int complementary = 0;
        for (int round = 0; round < 40; round++) {
            int[][] inner = new int[3][4];
            for (int[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = 1 + random.nextInt(20);
                }
            }
            List<EvidenceRow> rows = new ArrayList<>(Tables.cubeRows(inner));
            Collections.shuffle(rows, random);
            EvidenceTable table = Tables.withMargins(rows);
            Set<Place> pattern = patternOf(table, appetite);
            List<HiddenCell> cells = audit(table, appetite, pattern);
            assertThat(cells).hasSize(pattern.size());
            assertThat(cells).allSatisfy(cell -> assertThat(cell.outcome()).isEqualTo(Outcome.ENOUGH));
            for (HiddenCell cell : cells) {
                if (!cell.byRule()) {
                    complementary++;
                    Set<Place> less = new HashSet<>(pattern);
                    less.remove(cell.place());
                    assertThat(audit(table, appetite, less))
                            .as("round %d without %s", round, cell.place())
                            .anySatisfy(other -> assertThat(other.outcome()).isNotEqualTo(Outcome.ENOUGH));
                }
            }
        }
        assertThat(complementary).isPositive();
    }

    /** Of three amounts that are multiples of a hundred an interval of less than a hundred is one number; and shown sums are known without their rounding. */
    @Test
    void readersKnowWhatValuesAreMultiplesOf() {
        List<EvidenceRow> rows = new ArrayList<>();
        int[][] cells = {{0, 500, 200}, {1, 900, 200}, {2, 2000, 200}};
        for (int[] cell : cells) {
            rows.add(new EvidenceRow(
                    new Address(0, List.of("r" + cell[0])), 20L, 1000L, List.of(sum(20, cell[1], cell[2]))));
        }
        rows.add(new EvidenceRow(new Address(1, List.of()), 60L, 1000L, List.of(sum(60, 3400, 200))));
        EvidenceTable table = EvidenceTable.of(List.of(Measure.sum("cost", BigDecimal.valueOf(1000))), rows)
                .withMargins(List.of(new MarginEquation(List.of(3), List.of(0, 1, 2))));
        Set<Place> two = Set.of(new Place(0, 0), new Place(1, 0));
        HiddenInterval open =
                Objects.requireNonNull(audit(table, FIVE, two).getFirst().interval());
        assertThat(open.upper()).as("rounded to a thousand").isGreaterThan(BigDecimal.valueOf(1400));
        Readers readers = new Readers(List.of(Optional.of(BigDecimal.valueOf(100))), false, false);
        HiddenInterval known = Objects.requireNonNull(
                audit(table.readBy(readers), FIVE, two).getFirst().interval());
        assertThat(known.lower()).isEqualByComparingTo("0");
        assertThat(known.upper()).isEqualByComparingTo("1400");
        assertThatThrownBy(() -> new Readers(List.of(Optional.of(BigDecimal.ZERO)), false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Evidence sum(long units, long value, long largest) {
        return new Evidence(
                BigDecimal.valueOf(value),
                units,
                BigDecimal.valueOf(largest),
                BigDecimal.valueOf(largest),
                BigDecimal.valueOf(value),
                false);
    }
}
