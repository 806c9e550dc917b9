package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.util.ArrayList;
import java.util.List;

/** Count tables with both margins and the grand total, as CUBE gives them. */
final class Tables {
    static final Measure PATIENTS = Measure.count("patients", MeasureKind.UNITS);
    static final List<GroupingSet> CUBE =
            List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0), GroupingSet.of(2, 1), GroupingSet.of(3));
    private static final long POPULATION = 1_000_000;

    private Tables() {}

    static RiskAppetite counts(int threshold, ZeroRule zeros, int base) {
        return new RiskAppetite(threshold, zeros, base, List.of(), null);
    }

    static EvidenceTable cube(int[][] inner) {
        return withMargins(cubeRows(inner));
    }

    static EvidenceTable withMargins(List<EvidenceRow> rows) {
        List<Address> addresses = rows.stream().map(EvidenceRow::address).toList();
        return EvidenceTable.of(List.of(PATIENTS), rows).withMargins(MarginEquations.of(addresses, CUBE));
    }

    static List<EvidenceRow> cubeRows(int[][] inner) {
        List<EvidenceRow> rows = new ArrayList<>();
        int[] columns = new int[inner[0].length];
        int total = 0;
        for (int r = 0; r < inner.length; r++) {
            int sum = 0;
            for (int c = 0; c < columns.length; c++) {
                rows.add(row(0, inner[r][c], "r" + r, "c" + c));
                sum += inner[r][c];
                columns[c] += inner[r][c];
            }
            rows.add(row(1, sum, "r" + r));
            total += sum;
        }
        for (int c = 0; c < columns.length; c++) {
            rows.add(row(2, columns[c], "c" + c));
        }
        rows.add(row(3, total));
        return rows;
    }

    static EvidenceRow row(int set, long count, String... keys) {
        return new EvidenceRow(
                new Address(set, List.of(keys)), count, POPULATION, List.of(Evidence.ofCount(count, count)));
    }

    static Assessment protect(EvidenceTable table, RiskAppetite appetite) {
        return new Protection(table, appetite, AuditLimits.interactive()).assess();
    }

    static int indexOf(EvidenceTable table, int set, String... keys) {
        Address wanted = new Address(set, List.of(keys));
        for (int row = 0; row < table.rows().size(); row++) {
            if (table.rows().get(row).address().equals(wanted)) {
                return row;
            }
        }
        throw new IllegalArgumentException("No such row");
    }

    static boolean isHidden(Assessment assessment, int row) {
        return assessment.cell(row, 0) instanceof Protected.Hidden;
    }
}
