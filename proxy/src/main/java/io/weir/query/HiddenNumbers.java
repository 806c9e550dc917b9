package io.weir.query;

import io.weir.query.answer.FrozenAnswer.HiddenNumber;
import io.weir.query.disclose.ProtectedTable;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hidden numbers of protected tables in words, for checkers. Pure. */
final class HiddenNumbers {
    /** More are not read by anybody, and a frozen answer is kept. */
    static final int MOST = 500;

    private static final int DECIMALS = 2;

    private HiddenNumbers() {}

    /** The first of them, by block, row and number; numbers that only decide whether something is shown are left out. */
    static List<HiddenNumber> of(List<Block> blocks, Map<Block, ProtectedTable> tables) {
        List<HiddenNumber> found = new ArrayList<>();
        for (Block block : blocks) {
            ProtectedTable table = tables.get(block);
            if (table == null) {
                continue;
            }
            for (ProtectedTable.Row row : table.rows()) {
                for (int m = 0; m < row.cells().size() && found.size() < MOST; m++) {
                    if (block.told().contains(m) && row.cells().get(m) instanceof ProtectedTable.Cell.Hidden hidden) {
                        ProtectedTable.Known known = hidden.known();
                        found.add(new HiddenNumber(
                                group(block, row),
                                ExplainedPlan.number(block.atoms().get(m)),
                                hidden.reasons(),
                                known == null ? null : rounded(known.least(), RoundingMode.FLOOR),
                                known == null ? null : rounded(known.most(), RoundingMode.CEILING)));
                    }
                }
            }
        }
        return found;
    }

    private static String group(Block block, ProtectedTable.Row row) {
        List<String> keys = new ArrayList<>();
        int width = block.keys().size();
        for (int k = 0; k < width; k++) {
            Object key = row.keys().get(k);
            boolean grouped = (row.grouping() >> (width - 1 - k) & 1) == 0;
            keys.add(!grouped ? "all" : key == null ? "NULL" : Texts.print(key));
        }
        return keys.isEmpty() ? "all" : String.join(" | ", keys);
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal bound, RoundingMode mode) {
        if (bound == null) {
            return null;
        }
        BigDecimal plain = bound.setScale(Math.min(DECIMALS, Math.max(0, bound.scale())), mode)
                .stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
    }
}
