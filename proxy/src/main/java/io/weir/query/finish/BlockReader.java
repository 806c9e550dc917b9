package io.weir.query.finish;

import io.weir.query.disclose.ProtectedTable;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Protected tables as rows of the residual. */
final class BlockReader {
    private BlockReader() {}

    record Columns(Map<Expr.Column, Integer> layout, List<@Nullable Object[]> rows) {}

    static Columns read(Block block, ProtectedTable table) {
        Map<Expr.Column, Integer> layout = new HashMap<>();
        int keys = block.keys().size();
        for (int k = 0; k < keys; k++) {
            layout.put(
                    new Expr.Column(
                            block.alias(), Block.keyName(k), block.keys().get(k).type()),
                    k);
        }
        layout.put(new Expr.Column(block.alias(), Block.GROUPING, SqlType.INT8), keys);
        for (int m = 0; m < block.atoms().size(); m++) {
            layout.put(
                    new Expr.Column(
                            block.alias(),
                            Block.atomName(m),
                            block.atoms().get(m).type()),
                    keys + 1 + m);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (ProtectedTable.Row row : table.rows()) {
            @Nullable Object[] values = new @Nullable Object[layout.size()];
            for (int k = 0; k < keys; k++) {
                values[k] = row.keys().get(k);
            }
            values[keys] = row.grouping();
            for (int m = 0; m < row.cells().size(); m++) {
                values[keys + 1 + m] = switch (row.cells().get(m)) {
                    case ProtectedTable.Cell.Shown s -> s.value();
                    case ProtectedTable.Cell.Hidden h -> new Hidden(Set.copyOf(h.reasons()));
                };
            }
            rows.add(values);
        }
        return new Columns(layout, rows);
    }
}
