package io.weir.query.execute;

import io.weir.query.rewrite.GovernedQuery.BlockQuery;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the unprotected cells of one boundary, which went to a {@link CellSink}. The text form prints nothing.
 *
 * @param query what was asked
 * @param distinct per distinct atom rows of its query
 * @param population without the analyst's predicates, by bucket of units: its number, distinct units, rows
 * @param domains per group of keys with a reference domain their combinations
 */
public record RawBlock(
        BlockQuery query,
        Map<Integer, List<@Nullable Object[]>> distinct,
        List<@Nullable Object[]> population,
        Map<List<Integer>, List<@Nullable Object[]>> domains) {
    public RawBlock {
        population = List.copyOf(population);
        distinct = Map.copyOf(distinct);
        domains = Map.copyOf(domains);
    }

    @Override
    public String toString() {
        return "RawBlock[***]";
    }
}
