package io.weir.sdc.apply;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows that are left out of what is published, because they have few units and not everybody knows that they exist. Who knows their codes from elsewhere
 * sees that they are few, and that rows with markers are not; that must not tell a count.
 */
public final class LeftOut {
    private LeftOut() {}

    /** Whether a row is left out. */
    public static boolean is(StatedTable table, Assessment assessment, Rules rules, int row) {
        if (table.description().keysArePublic()) {
            return false;
        }
        Long units = table.evidence().rows().get(row).units();
        boolean nobody = units != null && units == 0 && rules.appetite().zeros() == ZeroRule.HIDDEN;
        return rules.hasThreshold() && (assessment.rows().get(row).belowThreshold() || nobody);
    }

    /** One sentence for each count of units that follows from which rows are left out. */
    static List<String> tells(StatedTable table, Assessment assessment, Rules rules) {
        List<String> told = new ArrayList<>();
        List<EvidenceRow> rows = table.evidence().rows();
        boolean any = false;
        for (int row = 0; row < rows.size(); row++) {
            any |= is(table, assessment, rules, row);
        }
        for (int m = 0; any && m < table.evidence().measures().size(); m++) {
            if (table.evidence().measures().get(m).kind() == MeasureKind.UNITS) {
                exact(table, assessment, rules, m)
                        .forEach(row -> told.add("Which rows are left out gives "
                                + String.join(", ", rows.get(row).address().keys())
                                + " away; list 'codes:' in the description, or fewer margins."));
            }
        }
        return told;
    }

    private static List<Integer> exact(StatedTable table, Assessment assessment, Rules rules, int measure) {
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        Knowledge knowledge = new Knowledge(assessment.rows().size(), 1);
        for (int row = 0; row < assessment.rows().size(); row++) {
            BigDecimal value = table.evidence().evidence(row, measure).value();
            if (value != null && assessment.cell(row, measure) instanceof Protected.Shown) {
                knowledge.between(row, 0, value, value);
            } else if (is(table, assessment, rules, row)) {
                boolean zeros = rules.appetite().zeros() == ZeroRule.HIDDEN;
                knowledge.between(row, 0, zeros ? BigDecimal.ZERO : BigDecimal.ONE, threshold.subtract(BigDecimal.ONE));
            } else {
                knowledge.between(row, 0, threshold, null);
            }
        }
        knowledge.sums(table.evidence().margins(), 0, margin -> Knowledge.addsUp(table.evidence(), margin, measure));
        List<Integer> exact = new ArrayList<>();
        if (knowledge.attack().run(new WorkBudget(Protector.LIMITS.work())) instanceof Attack.Result.Found found) {
            for (Map.Entry<Integer, FeasibleInterval> entry : found.intervals().entrySet()) {
                if (entry.getValue().width() <= 0) {
                    exact.add(entry.getKey());
                }
            }
        }
        return exact;
    }
}
