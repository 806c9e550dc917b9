package io.weir.sdc.read;

import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.MeasureRelation;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Relation;
import java.util.ArrayList;
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

    /** What is declared to hold between them in every row. */
    public static List<MeasureRelation> relations(Description description) {
        List<String> names =
                description.measures().stream().map(DescribedMeasure::name).toList();
        List<MeasureRelation> relations = new ArrayList<>();
        for (Relation relation : description.relations()) {
            switch (relation) {
                case Relation.Total(String total, List<String> parts) ->
                    relations.add(MeasureRelation.total(
                            names.indexOf(total),
                            parts.stream().map(names::indexOf).toList()));
                case Relation.Independent independent -> {}
            }
        }
        return relations.stream().distinct().toList();
    }
}
