package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.WithheldCell;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cell that is hidden for what is known from elsewhere has room on both sides, however many people it has. */
class WithheldCellTest {
    private static final int K = 10;

    @ParameterizedTest
    @EnumSource(ZeroRule.class)
    void hasRoomForFewPeopleOnBothSides(ZeroRule zeros) {
        RiskAppetite appetite = Tables.counts(K, zeros, 1);
        Random random = new Random(29);
        int audited = 0;
        for (int round = 0; round < 200; round++) {
            int[][] inner = new int[2 + random.nextInt(3)][2 + random.nextInt(3)];
            for (int[] row : inner) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = random.nextInt(6) == 0 ? random.nextInt(K) : K + random.nextInt(200);
                }
            }
            EvidenceTable table = Tables.cube(inner);
            int cell = random.nextInt(table.rows().size());
            Assessment assessment =
                    Tables.protect(table.withholding(List.of(new WithheldCell(cell, 0, Rule.HISTORY))), appetite);
            assertThat(assessment.proof()).isNotInstanceOf(Proof.NotProtected.class);
            assertThat(assessment.cell(cell, 0)).isInstanceOf(Protected.Hidden.class);
            if (assessment.proof() instanceof Proof.Conservative) {
                continue; // hidden with all that is linked to it: two parts of at least one person make at least two
            }
            audited++;
            double value = Math.max(
                    0, table.rows().get(cell).evidence().getFirst().value().doubleValue());
            assessment.intervals().stream()
                    .filter(interval -> interval.row() == cell)
                    .forEach(interval -> {
                        double lower = interval.lower() == null
                                ? Double.NEGATIVE_INFINITY
                                : interval.lower().doubleValue();
                        double upper = interval.upper() == null
                                ? Double.POSITIVE_INFINITY
                                : interval.upper().doubleValue();
                        double least = zeros == ZeroRule.SHOWN && value > 0 ? 1 : 0;
                        assertThat(lower).isLessThanOrEqualTo(Math.max(least, value - K));
                        assertThat(upper).isGreaterThanOrEqualTo(value + K);
                    });
        }
        assertThat(audited).isGreaterThan(100);
    }

    @Test
    void tellsWhyItIsHidden() {
        EvidenceTable table = Tables.cube(new int[][] {{40, 50}, {60, 70}});
        int cell = Tables.indexOf(table, 0, "r0", "c0");
        Assessment assessment = Tables.protect(
                table.withholding(List.of(new WithheldCell(cell, 0, Rule.DIFFERENCE))),
                Tables.counts(K, ZeroRule.HIDDEN, 1));
        assertThat(((Protected.Hidden) assessment.cell(cell, 0))
                        .findings().stream().map(Finding::rule))
                .containsExactly(Rule.DIFFERENCE);
        assertThat(Tables.isHidden(assessment, Tables.indexOf(table, 0, "r1", "c1"))
                        || Tables.isHidden(assessment, Tables.indexOf(table, 3)))
                .as("two cells of a line are not enough, if nothing else is hidden")
                .isTrue();
    }
}
