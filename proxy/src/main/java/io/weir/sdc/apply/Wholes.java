package io.weir.sdc.apply;

import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Population;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That units of a cell are at most those of its population, and at most those of its row: both are known from elsewhere. In a population that is smaller than the
 * threshold no count can be as open as it has to be.
 */
final class Wholes {
    private Wholes() {}

    static List<ToldCell> told(StatedTable table, Rules rules) {
        List<ToldCell> told = new ArrayList<>();
        for (int row = 0; row < table.places().size(); row++) {
            Long most = most(table, rules, row);
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

    /** The smaller of both; of a row of few nobody knows how many they are. */
    private static @Nullable Long most(StatedTable table, Rules rules, int row) {
        Long units = table.evidence().rows().get(row).units();
        boolean few = units == null || units < rules.appetite().threshold();
        boolean inPrint = table.description().measures().stream()
                .anyMatch(measure -> measure instanceof DescribedMeasure.Units all
                        && table.description().isOfTheRow(all));
        Long known = few || inPrint ? null : units;
        Long population = table.description().population() instanceof Population.OfTheTotal
                ? null
                : table.evidence().rows().get(row).populationUnits();
        if (known == null || population == null) {
            return known == null ? population : known;
        }
        return Long.valueOf(Math.min(known, population));
    }
}
