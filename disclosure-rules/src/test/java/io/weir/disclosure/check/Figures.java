package io.weir.disclosure.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.Particular;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Measure;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells and appetites for tests of single checks. */
final class Figures {
    static final Measure SUM = Measure.sum("cost", BigDecimal.ONE);
    static final Measure STATISTIC = Measure.statistic("statistic", new BigDecimal("0.01"));

    private Figures() {}

    static BigDecimal dec(String value) {
        return new BigDecimal(value);
    }

    /** Threshold 10, zeros shown, nothing about sums. */
    static RiskAppetite appetite(FurtherRules further) {
        return new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(), null, further);
    }

    static RiskAppetite nk(int contributors, String share) {
        return new RiskAppetite(2, ZeroRule.SHOWN, 1, List.of(new Dominance(contributors, dec(share))), null);
    }

    static RiskAppetite pPercent(String p) {
        return new RiskAppetite(2, ZeroRule.SHOWN, 1, List.of(), dec(p));
    }

    /** A sum of people's contributions. */
    static Cell sum(long people, String largest, String second, String total) {
        return cell(SUM, people, new Evidence(dec(total), people, dec(largest), dec(second), dec(total), false));
    }

    /** A statistic over people of which this is known beside their number. */
    static Cell statistic(long people, Particular... particulars) {
        Evidence evidence = new Evidence(BigDecimal.ONE, people, null, null, null, null);
        for (Particular particular : particulars) {
            evidence = evidence.with(particular);
        }
        return cell(STATISTIC, people, evidence);
    }

    static Cell cell(Measure measure, @Nullable Long people, Evidence evidence) {
        return new Cell(new EvidenceRow(Address.of("a"), people, 100_000L, List.of(evidence)), measure, evidence);
    }

    static void assertVerdict(Check check, Cell cell, RiskAppetite appetite, String verdict) {
        assertThat(check.judge(cell, appetite).getClass().getSimpleName()).isEqualTo(verdict);
    }
}
