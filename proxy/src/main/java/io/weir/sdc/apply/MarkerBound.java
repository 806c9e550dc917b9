package io.weir.sdc.apply;

import io.weir.disclosure.preset.Marker;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.MarkerText;
import io.weir.sdc.read.PublishedTable.Cell;
import java.math.BigDecimal;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a marker in print tells of the number in its place. */
final class MarkerBound {
    private MarkerBound() {}

    /**
     * The greatest number that a hidden cell can have by its marker; null when it tells none. A marker without a number speaks of units: "below the threshold"
     * in the column of records says that the people are few.
     */
    static @Nullable BigDecimal most(Cell.Hidden cell, Measure measure, Rules rules) {
        if (cell.meaning() != Marker.Meaning.BELOW_THRESHOLD || !measure.kind().isCount()) {
            return null;
        }
        OptionalInt named = MarkerText.below(cell.marker());
        if (named.isEmpty() && (measure.kind() != MeasureKind.UNITS || !rules.hasThreshold())) {
            return null;
        }
        return BigDecimal.valueOf(named.orElse(rules.appetite().threshold()) - 1L);
    }

    /** Whether a profile prints as much by itself: its publisher accepts that it is known. */
    static boolean isAllowed(BigDecimal most, Rules rules) {
        return rules.hasThreshold()
                && rules.preset().marker().meaning() == Marker.Meaning.BELOW_THRESHOLD
                && most.compareTo(BigDecimal.valueOf(rules.appetite().threshold() - 1L)) >= 0;
    }
}
