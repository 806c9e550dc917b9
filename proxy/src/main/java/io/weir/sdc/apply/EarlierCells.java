package io.weir.sdc.apply;

import io.weir.disclosure.evidence.FixedCell;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.StatedTable;
import io.weir.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cells of a table that were published before. */
public final class EarlierCells {
    private EarlierCells() {}

    /** Of one earlier release; a row that the table does not have becomes a problem. */
    public static List<FixedCell> of(StatedTable table, PublishedTable earlier, String file, YamlProblems problems) {
        Map<List<List<String>>, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < table.places().size(); row++) {
            rowOf.put(table.places().get(row), row);
        }
        List<FixedCell> fixed = new ArrayList<>();
        earlier.rows().forEach((place, line) -> {
            Integer row = rowOf.get(place);
            if (row == null) {
                problems.add(
                        file,
                        line.line(),
                        "",
                        "the table has no row " + earlier.words(place),
                        "remove the row, or add it to the table");
                return;
            }
            for (int m = 0; m < line.cells().size(); m++) {
                if (line.cells().get(m) instanceof PublishedTable.Cell.Shown shown && shown.value() != null) {
                    fixed.add(new FixedCell(row, m, shown.value()));
                }
            }
        });
        return fixed;
    }
}
