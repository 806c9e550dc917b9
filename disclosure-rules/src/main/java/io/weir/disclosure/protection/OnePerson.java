package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one person makes of each measure, as seen in cells of enough people: where zeros are hidden, intervals must be wide enough with one
 * person more or less in any hidden cell, or the pattern would tell whether there is one.
 */
final class OnePerson {
    private final double[] byMeasure;

    OnePerson(EvidenceTable table, RiskAppetite appetite) {
        byMeasure = new double[table.measures().size()];
        for (int measure = 0; measure < byMeasure.length; measure++) {
            Measure shape = table.measures().get(measure);
            byMeasure[measure] = shape.kind().isCount() ? 1 : 0;
            if (shape.kind() == MeasureKind.UNITS || shape.kind() == MeasureKind.DISTINCT_VALUES) {
                continue; // one person is one
            }
            for (int row = 0; row < table.rows().size(); row++) {
                Evidence evidence = table.evidence(row, measure);
                Long units = evidence.contributingUnits();
                if (units != null && units >= appetite.threshold()) {
                    byMeasure[measure] = Math.max(byMeasure[measure], of(shape, evidence));
                }
            }
        }
    }

    private static double of(Measure shape, Evidence evidence) {
        if (shape.kind().isCount()) {
            return Rounding.recordsPerUnit(shape, evidence).doubleValue();
        }
        @Nullable BigDecimal largest = evidence.largest();
        return largest == null ? 0 : largest.doubleValue();
    }

    /** In units of the measure; at least one for counts. */
    double contribution(int measure) {
        return byMeasure[measure];
    }
}
