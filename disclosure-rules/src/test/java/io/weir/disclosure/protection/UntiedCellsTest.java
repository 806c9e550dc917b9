package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.MarginEquation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells that nothing ties to others are not put into order, and get what they get among rows that are. */
class UntiedCellsTest {

    @ParameterizedTest
    @EnumSource(ZeroRule.class)
    void getTheSameInAnyOrderAndBesideOthers(ZeroRule zeros) {
        Random random = new Random(5);
        RiskAppetite appetite = Tables.counts(10, zeros, 5);
        for (int round = 0; round < 50; round++) {
            List<EvidenceRow> rows = new ArrayList<>();
            for (int row = 0; row < 40; row++) {
                rows.add(Tables.row(0, random.nextInt(30), "k" + row));
            }
            Map<Object, Object> cells = cells(EvidenceTable.of(List.of(Tables.PATIENTS), rows), appetite);
            Collections.shuffle(rows, random);
            assertThat(cells(EvidenceTable.of(List.of(Tables.PATIENTS), rows), appetite))
                    .isEqualTo(cells);
            List<EvidenceRow> more = new ArrayList<>(rows);
            more.add(Tables.row(1, 50));
            more.add(Tables.row(2, 50));
            EvidenceTable sorted = EvidenceTable.of(List.of(Tables.PATIENTS), more)
                    .withMargins(List.of(MarginEquation.margin(40, List.of(41))));
            assertThat(cells(sorted, appetite)).containsAllEntriesOf(cells);
        }
    }

    private static Map<Object, Object> cells(EvidenceTable table, RiskAppetite appetite) {
        Map<Object, Object> cells = new HashMap<>();
        Tables.protect(table, appetite).rows().forEach(row -> cells.put(row.address(), row));
        return cells;
    }
}
