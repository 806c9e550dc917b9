package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.preset.Marker;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.read.PublishedTable;
import java.math.BigDecimal;

/**
 * What is printed for a hidden cell: the profile's marker, unless that would be untrue. "&lt;10" is untrue of sums and of counts that are hidden to protect
 * others, and where margins bound hidden cells it would tell more than the audit took readers to know; a marker that is a number would be taken for one.
 */
public final class PrintedMarker {
    private PrintedMarker() {}

    /** One text for all hidden cells of a table: two would tell them apart. */
    public static String of(Rules rules, EvidenceTable table, Assessment assessment) {
        Marker marker = rules.preset().marker();
        return switch (marker.meaning()) {
            case HIDDEN -> marker.text();
            case LOOKS_LIKE_A_NUMBER -> PublishedTable.PLAIN;
            case BELOW_THRESHOLD ->
                marker.text().chars().noneMatch(Character::isDigit) || isTrue(rules, table, assessment)
                        ? marker.text()
                        : PublishedTable.PLAIN;
        };
    }

    private static boolean isTrue(Rules rules, EvidenceTable table, Assessment assessment) {
        if (!assessment.intervals().isEmpty()) {
            return false;
        }
        BigDecimal threshold = BigDecimal.valueOf(rules.appetite().threshold());
        for (int row = 0; row < assessment.rows().size(); row++) {
            for (int m = 0; m < table.measures().size(); m++) {
                BigDecimal value = table.evidence(row, m).value();
                boolean few = table.measures().get(m).kind() == MeasureKind.UNITS
                        && value != null
                        && value.compareTo(threshold) < 0;
                if (assessment.cell(row, m) instanceof Protected.Hidden && !few) {
                    return false;
                }
            }
        }
        return true;
    }
}
