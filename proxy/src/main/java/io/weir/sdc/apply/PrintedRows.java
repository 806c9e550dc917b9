package io.weir.sdc.apply;

import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What it tells that a row is in print, or is not, or has one number in print and another hidden: that it has not few units, or has, if rows of few are hidden as a
 * whole.
 *
 * @param table what is looked at
 * @param releases it and earlier ones
 * @param places of all rows
 */
record PrintedRows(
        PublishedTable table,
        List<PublishedTable> releases,
        Rules rules,
        List<Measure> measures,
        List<List<List<String>>> places) {
    /** Narrows what is known; whether anything is left. */
    boolean tell(Knowledge knowledge) {
        boolean fits = true;
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        BigDecimal few = threshold.subtract(BigDecimal.ONE);
        for (PublishedTable release : releases) {
            Set<List<Integer>> kinds = release.places().stream()
                    .map(place -> place.stream().map(List::size).toList())
                    .collect(Collectors.toSet());
            boolean open = !table.description().keysArePublic();
            boolean leavesOut = releases.size() > 1
                    && places.stream()
                            .anyMatch(place -> !release.rows().containsKey(place)
                                    && kinds.contains(
                                            place.stream().map(List::size).toList()));
            for (int row = 0; row < places.size(); row++) {
                PublishedTable.Row line = release.rows().get(places.get(row));
                List<Integer> kind = places.get(row).stream().map(List::size).toList();
                for (int m = 0; m < measures.size(); m++) {
                    if (line == null) {
                        boolean left = (open || leavesOut)
                                && kinds.contains(kind)
                                && measures.get(m).kind() == MeasureKind.UNITS;
                        fits &= !left || knowledge.within(row, m, BigDecimal.ZERO, few);
                    } else if (isOfTheRow(m)
                            && line.cells().get(m) instanceof Cell.Hidden
                            && (open || leavesOut || hasNumber(line))) {
                        fits &= knowledge.within(row, m, threshold, null);
                    }
                }
            }
        }
        return fits;
    }

    private boolean hasNumber(PublishedTable.Row line) {
        for (int m = 0; m < measures.size(); m++) {
            if (line.cells().get(m) instanceof Cell.Shown(BigDecimal value)
                    && value != null
                    && value.signum() != 0
                    && !PublicationKnowledge.isTooSmall(measures.get(m), value, rules)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfTheRow(int measure) {
        return switch (table.description().measures().get(measure)) {
            case DescribedMeasure.Units units -> table.description().isOfTheRow(units);
            case DescribedMeasure.Records records -> true;
            case DescribedMeasure.Sum sum -> false;
        };
    }
}
