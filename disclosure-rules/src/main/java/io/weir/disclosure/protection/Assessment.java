package io.weir.disclosure.protection;

import io.weir.disclosure.table.Address;
import java.util.List;

/**
 * A protected table. Rows are in the order of the evidence table.
 *
 * @param rows one per row of evidence
 * @param intervals what an attacker can work out about hidden cells, for checkers only; a hidden cell that stands in no equation is
 *     absent, nothing bounds it from above
 * @param proof how far the protection was shown; with {@link Proof.NotProtected} every cell of the table is hidden
 */
public record Assessment(List<Row> rows, List<HiddenInterval> intervals, Proof proof) {
    public Assessment {
        rows = List.copyOf(rows);
        intervals = List.copyOf(intervals);
    }

    /**
     * @param address the row's address
     * @param belowThreshold whether the row's own subjects are too few or unknown, so that even its existence is not published unless
     *     its keys come from a published domain
     * @param cells one per measure
     */
    public record Row(Address address, boolean belowThreshold, List<Protected> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    public Protected cell(int row, int measure) {
        return rows.get(row).cells().get(measure);
    }
}
