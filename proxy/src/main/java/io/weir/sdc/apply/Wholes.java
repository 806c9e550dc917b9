package io.weir.sdc.apply;

import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.Dimension;
import io.weir.sdc.describe.Population;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That units of a cell are at most those of its population, which is known from elsewhere. In a population that is smaller than the threshold no count can be as
 * open as it has to be.
 */
final class Wholes {
    private Wholes() {}

    static List<ToldCell> told(StatedTable table, Rules rules) {
        List<ToldCell> told = new ArrayList<>();
        for (int row = 0; row < table.places().size(); row++) {
            Long most = most(table, row);
            for (int m = 0; most != null && m < table.evidence().measures().size(); m++) {
                BigDecimal value = table.evidence().evidence(row, m).value();
                if (table.evidence().measures().get(m).kind() == MeasureKind.UNITS
                        && value != null
                        && value.compareTo(BigDecimal.valueOf(most)) <= 0) {
                    told.add(new ToldCell(
                            row,
                            m,
                            null,
                            BigDecimal.valueOf(most),
                            most >= rules.appetite().threshold()));
                }
            }
        }
        return told;
    }

    /** Where no grand total is in the table, that all its cells together are no more than the population: how many are in none of them has to be open. */
    static List<String> tooFewOutside(StatedTable table, long enough) {
        if (!(table.description().population() instanceof Population.Given(long population))) {
            return List.of();
        }
        List<Dimension> dimensions = table.description().dimensions();
        long units = 0;
        for (int row = 0; row < table.places().size(); row++) {
            List<List<String>> place = table.places().get(row);
            if (place.stream().allMatch(List::isEmpty)) {
                return List.of();
            }
            boolean finest = true;
            for (int d = 0; d < dimensions.size(); d++) {
                finest &= dimensions.get(d).isFinest(place.get(d));
            }
            Long own = table.evidence().rows().get(row).units();
            units += finest && own != null ? own : 0;
        }
        return population - units > enough
                ? List.of()
                : List.of("All cells together are at most the population, and the table has no row of the grand total:"
                        + " add that row, so that it is judged, too.");
    }

    /** Units of the population of a row where that is known; of a total that is its own population nothing else is. */
    static @Nullable Long most(StatedTable table, int row) {
        return table.description().population() instanceof Population.OfTheTotal
                ? null
                : table.evidence().rows().get(row).populationUnits();
    }
}
