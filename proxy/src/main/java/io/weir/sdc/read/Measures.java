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

    /** What holds between them in every row: what is declared, and that some of the units of a row are no more than all. */
    public static List<MeasureRelation> relations(Description description) {
        List<DescribedMeasure> measures = description.measures();
        List<String> names = measures.stream().map(DescribedMeasure::name).toList();
        List<MeasureRelation> relations = new ArrayList<>();
        for (Relation relation : description.relations()) {
            switch (relation) {
                case Relation.Total(String total, List<String> parts) ->
                    relations.add(MeasureRelation.total(
                            names.indexOf(total),
                            parts.stream().map(names::indexOf).toList()));
                case Relation.AtMost(String less, String more) ->
                    relations.add(MeasureRelation.atMost(names.indexOf(less), names.indexOf(more)));
                case Relation.Independent independent -> {}
            }
        }
        for (int part = 0; part < measures.size(); part++) {
            for (int whole = 0; whole < measures.size(); whole++) {
                if (part != whole
                        && measures.get(part) instanceof DescribedMeasure.Units some
                        && measures.get(whole) instanceof DescribedMeasure.Units all
                        && description.isOfTheRow(all)
                        && (!description.isOfTheRow(some) || part < whole)) {
                    relations.add(
                            description.isOfTheRow(some)
                                    ? MeasureRelation.total(whole, List.of(part))
                                    : MeasureRelation.atMost(part, whole));
                }
            }
        }
        return relations.stream().distinct().toList();
    }
}
