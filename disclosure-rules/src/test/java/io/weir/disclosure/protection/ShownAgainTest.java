package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceTable;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells that are shown again, or exchanged for others, leave every hidden cell protected, and never more of the table hidden. */
class ShownAgainTest {
    private static final AuditLimits AS_BEFORE = new AuditLimits(400, 300, 300, 1_500_000_000L);
    private static final AuditLimits EXCHANGING = new AuditLimits(400, 300, 300, 1_500_000_000L, 1);
    private static final AuditLimits LARGE = new AuditLimits(400, 300, 1, 1_500_000_000L, 3_000_000_000L);

    @ParameterizedTest
    @CsvSource({"SHOWN,1", "SHOWN,5", "HIDDEN,1"})
    void exchangedCellsAreFewerOrSmallerAndProtect(ZeroRule zeros, int base) {
        Random random = new Random(17L + base);
        RiskAppetite appetite = Tables.counts(10, zeros, base);
        int fewer = 0;
        for (int round = 0; round < 40; round++) {
            EvidenceTable table = table(random);
            Set<Integer> before = hidden(Tables.protect(table, appetite));
            assertThat(hidden(new Protection(table, appetite, AS_BEFORE).assess()))
                    .isEqualTo(before);
            Assessment assessment = new Protection(table, appetite, EXCHANGING).assess();
            assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
            Set<Integer> after = hidden(assessment);
            assertProtected(table, appetite, after);
            assertThat(after).hasSizeLessThanOrEqualTo(before.size());
            assertThat(value(table, after)).isLessThanOrEqualTo(value(table, before));
            fewer += after.equals(before) ? 0 : 1;
        }
        assertThat(fewer).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"SHOWN", "HIDDEN"})
    void whatTheMethodForLargeTablesTakesBackWasNotNeeded(ZeroRule zeros) {
        Random random = new Random(18);
        RiskAppetite appetite = Tables.counts(10, zeros, 1);
        int audited = 0;
        int complementary = 0;
        for (int round = 0; round < 60; round++) {
            EvidenceTable table = table(random);
            Assessment assessment = new Protection(table, appetite, LARGE).assess();
            if (assessment.proof().equals(new Proof.Audited())) {
                Set<Integer> hidden = hidden(assessment);
                assertProtected(table, appetite, hidden);
                PrimarySuppression primary = PrimarySuppression.of(table, appetite);
                audited++;
                complementary +=
                        hidden.stream().anyMatch(row -> primary.of(row, 0).isEmpty()) ? 1 : 0;
            }
        }
        assertThat(audited).as("tables that were looked at").isGreaterThan(50);
        assertThat(complementary).as("with cells hidden for others").isGreaterThan(40);
    }

    private static EvidenceTable table(Random random) {
        int[][] inner = new int[4 + random.nextInt(3)][5];
        for (int[] row : inner) {
            for (int column = 0; column < row.length; column++) {
                row[column] = random.nextInt(4) == 0 ? 1 + random.nextInt(9) : 10 + random.nextInt(90);
            }
        }
        return Tables.cube(inner);
    }

    private static Set<Integer> hidden(Assessment assessment) {
        return IntStream.range(0, assessment.rows().size())
                .filter(row -> Tables.isHidden(assessment, row))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static BigDecimal value(EvidenceTable table, Set<Integer> rows) {
        return rows.stream()
                .map(row -> Objects.requireNonNull(table.evidence(row, 0).value()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void assertProtected(EvidenceTable table, RiskAppetite appetite, Set<Integer> rows) {
        Set<PatternAudit.Place> places =
                rows.stream().map(row -> new PatternAudit.Place(row, 0)).collect(Collectors.toSet());
        assertThat(new PatternAudit(table, appetite, AS_BEFORE).of(places))
                .allSatisfy(cell -> assertThat(cell.outcome()).isEqualTo(PatternAudit.Outcome.ENOUGH));
    }
}
