package io.weir.disclosure.evidence;

import java.util.List;

/**
 * The table that a statistic is computed from and that its readers can work out: two by two for an odds ratio, groups by outcomes for a
 * test. The text form prints no number.
 *
 * @param cells distinct subjects in each cell
 */
public record ImplicitTable(List<Long> cells) implements StatisticEvidence {
    public ImplicitTable {
        cells = List.copyOf(cells);
        if (cells.isEmpty() || cells.stream().anyMatch(cell -> cell < 0)) {
            throw new IllegalArgumentException("A table has cells, and none is negative");
        }
    }

    @Override
    public String toString() {
        return "ImplicitTable[***]";
    }
}
