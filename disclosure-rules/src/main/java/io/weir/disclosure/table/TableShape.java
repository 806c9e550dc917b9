package io.weir.disclosure.table;

import java.util.List;

/**
 * The shape of one table among linked ones: which dimensions it has. Its rows are addressed by its id and one code of each dimension, totals
 * included, and every combination of codes is one cell.
 *
 * <p>A combination of leaves without a row is empty by structure: nobody is there. A combination of other codes without a row is a margin that
 * is not published, and is what its parts add up to; parts none of which has a row say nothing about the whole. Whoever does not know whether a
 * missing cell is empty adds a row with {@link io.weir.disclosure.evidence.Evidence#missing()}, and everything that is tied to it is hidden. So
 * it is where a margin differs from the sum of the parts that are there: closed, because something is missing that is not known.
 *
 * <p>Two tables that name the same dimension are linked by it. A dimension that a table lacks stands at its total there.
 *
 * @param id as in {@link Address#groupingSet()}
 * @param dimensions in the order of {@link Address#keys()}
 */
public record TableShape(int id, List<TableDimension> dimensions) {
    public TableShape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.stream().map(TableDimension::name).distinct().count() != dimensions.size()) {
            throw new IllegalArgumentException("A table names each dimension once");
        }
    }

    /** A table of these dimensions; of none, it is the grand total. */
    public static TableShape of(int id, TableDimension... dimensions) {
        return new TableShape(id, List.of(dimensions));
    }
}
