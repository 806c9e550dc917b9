package io.weir.sdc.apply;

import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.table.Measure;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import io.weir.sdc.read.StatedTable;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells of a table that were published before, of the same data by the same rules: what else was printed then is no number of today, and nothing is known of
 * how the two differ.
 *
 * @param fixed cells that were shown
 * @param told what markers in place of others told
 */
public record EarlierCells(List<FixedCell> fixed, List<ToldCell> told) {
    public EarlierCells {
        fixed = List.copyOf(fixed);
        told = List.copyOf(told);
    }

    /** Without an earlier release. */
    public static EarlierCells none() {
        return new EarlierCells(List.of(), List.of());
    }

    /**
     * Of earlier releases by the names of their files; what does not fit the table becomes a problem.
     *
     * @param judgement of the table: what was shown and must not be stays known as it was
     */
    public static EarlierCells of(
            StatedTable table,
            Rules rules,
            Judgement judgement,
            Map<String, PublishedTable> releases,
            YamlProblems problems) {
        Map<List<List<String>>, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < table.places().size(); row++) {
            rowOf.put(table.places().get(row), row);
        }
        Map<List<Integer>, FixedCell> fixed = new LinkedHashMap<>();
        List<ToldCell> told = new ArrayList<>();
        releases.forEach((file, release) -> release.rows().forEach((place, line) -> {
            Integer row = rowOf.get(place);
            if (row == null) {
                problems.add(
                        file,
                        line.line(),
                        "",
                        "the table has no row " + release.words(place),
                        "remove the row, or add it to the table");
                return;
            }
            for (int m = 0; m < line.cells().size(); m++) {
                Measure measure = table.evidence().measures().get(m);
                boolean mayBeShown =
                        judgement.cells().get(row).get(m).findings().isEmpty();
                BigDecimal value = table.evidence().evidence(row, m).value();
                String other = null;
                switch (line.cells().get(m)) {
                    case Cell.Shown(BigDecimal shown) -> {
                        if (shown != null) {
                            FixedCell before = fixed.putIfAbsent(List.of(row, m), new FixedCell(row, m, shown));
                            boolean same = before == null || before.published().compareTo(shown) == 0;
                            boolean today = !mayBeShown
                                    || value == null
                                    || Printed.of(table, rules, row, m, value).compareTo(shown) == 0;
                            other = same && today ? null : shown.toPlainString();
                        }
                    }
                    case Cell.Hidden hidden -> {
                        BigDecimal most = MarkerBound.most(hidden, measure, rules);
                        if (most != null && value != null && value.compareTo(most) > 0) {
                            other = hidden.marker();
                        } else if (most != null) {
                            // It is known already, whether or not the rules would have allowed it.
                            told.add(new ToldCell(row, m, null, most, true));
                        }
                    }
                }
                if (other != null) {
                    problems.add(
                            file,
                            line.line(),
                            "column " + measure.name(),
                            "'" + other + "' is not what is printed of the table today",
                            "compare releases of other data, or by other rules, by hand: leave this one out");
                }
            }
        }));
        return new EarlierCells(List.copyOf(fixed.values()), told);
    }
}
