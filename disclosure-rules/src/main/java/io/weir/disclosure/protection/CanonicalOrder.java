package io.weir.disclosure.protection;

import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.evidence.WithheldCell;
import io.weir.disclosure.table.MarginEquation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table with its rows in address order, so that no choice depends on the order in which a source returned them. Where there is no choice, because
 * no cell is tied to another one, the rows stay as they are.
 *
 * @param table the table in address order
 * @param original original row index by sorted row index
 */
record CanonicalOrder(EvidenceTable table, List<Integer> original) {

    static CanonicalOrder of(EvidenceTable given) {
        if (given.margins().isEmpty()
                && given.relations().isEmpty()
                && given.measures().size() == 1) {
            // Nothing ties a cell to another one: each is judged for itself, and the order decides nothing.
            return new CanonicalOrder(
                    given, IntStream.range(0, given.rows().size()).boxed().toList());
        }
        List<Integer> original = AddressOrder.of(given.rows());
        Integer[] sorted = new Integer[original.size()];
        for (int row = 0; row < sorted.length; row++) {
            sorted[original.get(row)] = row;
        }
        List<EvidenceRow> rows = original.stream().map(given.rows()::get).toList();
        List<MarginEquation> margins = given.margins().stream()
                .map(margin -> new MarginEquation(mapped(margin.left(), sorted), mapped(margin.right(), sorted)))
                .sorted(CanonicalOrder::compare)
                .toList();
        List<FixedCell> fixed = given.fixed().stream()
                .map(cell -> new FixedCell(sorted[cell.row()], cell.measure(), cell.published()))
                .toList();
        List<WithheldCell> withheld = given.withheld().stream()
                .map(cell -> new WithheldCell(sorted[cell.row()], cell.measure(), cell.because()))
                .toList();
        List<ToldCell> told = given.told().stream()
                .map(cell ->
                        new ToldCell(sorted[cell.row()], cell.measure(), cell.least(), cell.most(), cell.allowed()))
                .toList();
        return new CanonicalOrder(
                new EvidenceTable(
                        given.measures(), rows, margins, given.relations(), fixed, withheld, told, given.readers()),
                original);
    }

    private static List<Integer> mapped(List<Integer> rows, Integer[] sorted) {
        Integer[] mapped = new Integer[rows.size()];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = sorted[rows.get(i)];
        }
        Arrays.sort(mapped);
        return List.of(mapped);
    }

    private static int compare(MarginEquation one, MarginEquation other) {
        int order = compare(one.left(), other.left());
        return order != 0 ? order : compare(one.right(), other.right());
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
