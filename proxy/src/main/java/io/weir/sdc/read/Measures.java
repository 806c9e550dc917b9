package io.weir.sdc.read;

import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.DescribedMeasure;
import java.util.List;

/** Measures as the rules know them. */
public final class Measures {
    private Measures() {}

    public static List<Measure> of(List<DescribedMeasure> described) {
        return described.stream()
                .map(measure -> switch (measure) {
                    case DescribedMeasure.Units units -> Measure.count(units.name(), MeasureKind.UNITS);
                    case DescribedMeasure.Records records -> Measure.count(records.name(), MeasureKind.ROWS);
                    case DescribedMeasure.Sum sum -> Measure.sum(sum.name(), sum.step());
                })
                .toList();
    }
}
