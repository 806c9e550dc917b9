package io.weir.sdc.apply;

import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
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
            for (int row = 0; row < places.size(); row++) {
                PublishedTable.Row line = release.rows().get(places.get(row));
                List<Integer> kind = places.get(row).stream().map(List::size).toList();
                for (int m = 0; m < measures.size(); m++) {
                    if (line == null) {
                        boolean left =
                                open && kinds.contains(kind) && measures.get(m).kind() == MeasureKind.UNITS;
                        fits &= !left || knowledge.within(row, m, BigDecimal.ZERO, few);
                    } else if (measures.get(m).kind().isCount()
                            && line.cells().get(m) instanceof Cell.Hidden
                            && (open || isShownInPart(line))) {
                        fits &= knowledge.within(row, m, threshold, null);
                    }
                }
            }
        }
        return fits;
    }

    /** Zero, and that nobody contributes to a sum, tell as much as any number. */
    private boolean isShownInPart(PublishedTable.Row line) {
        for (int m = 0; m < measures.size(); m++) {
            if (line.cells().get(m) instanceof Cell.Shown(BigDecimal value)
                    && (value == null || !PublicationKnowledge.isTooSmall(measures.get(m), value, rules))) {
                return true;
            }
        }
        return false;
    }
}
