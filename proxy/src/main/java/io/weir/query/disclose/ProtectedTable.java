package io.weir.query.disclose;

import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protected cells of one block, sorted by key. Only {@code disclose} can make one. Immutable. */
public final class ProtectedTable {
    private final List<Row> rows;
    private final boolean replayed;
    private final boolean open;

    ProtectedTable(List<Row> rows, boolean replayed, boolean open) {
        this.rows = List.copyOf(rows);
        this.replayed = replayed;
        this.open = open;
    }

    /**
     * Whether groups of few people are left out of it, should there be any: its keys have no public domain, or one too large to be listed.
     * Says nothing about the data.
     */
    public boolean open() {
        return open;
    }

    public List<Row> rows() {
        return rows;
    }

    /** Whether this answer was given before and is repeated unchanged. */
    public boolean replayed() {
        return replayed;
    }

    /** Number of hidden cells, for checkers and the audit log; never for analysts. */
    public long hiddenCells() {
        return rows.stream()
                .flatMap(r -> r.cells().stream())
                .filter(c -> c instanceof Cell.Hidden)
                .count();
    }

    /**
     * @param keys key values (Java class of the type) in block order; null for NULL and for keys not in the row's grouping set
     * @param grouping PostgreSQL's GROUPING() over all keys
     * @param cells one per atom
     */
    public record Row(List<@Nullable Object> keys, long grouping, List<Cell> cells) {
        public Row {
            keys = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(keys));
            cells = List.copyOf(cells);
        }
    }

    public sealed interface Cell {
        /**
         * @param value published value (Long or BigDecimal), or null when nothing contributed to a sum
         * @param rounded whether the profile rounds this measure
         */
        record Shown(@Nullable Object value, boolean rounded) implements Cell {}

        /**
         * @param reasons rule names, for checkers only
         * @param known what the table tells of the number, for checkers only; null where it was not looked at or nothing bounds it
         */
        record Hidden(List<String> reasons, @Nullable Known known) implements Cell {
            public Hidden {
                reasons = List.copyOf(reasons);
            }

            Hidden(Rule rule) {
                this(List.of(rule.id()), null);
            }
        }
    }

    /**
     * What whoever has the table can work out about a hidden number, as the rules library audited it: a fact about what is shown.
     *
     * @param least null when nothing bounds it from below
     * @param most null when nothing bounds it from above
     */
    public record Known(
            @Nullable BigDecimal least, @Nullable BigDecimal most) {}
}
