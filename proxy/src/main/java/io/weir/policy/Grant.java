package io.weir.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agreement grants on one dataset.
 *
 * @param dataset which
 * @param mode aggregate or row_level
 * @param columns granted column names (already expanded from {@code all})
 * @param rowScope rows this project may use; null means all
 */
public record Grant(
        DatasetName dataset,
        Mode mode,
        Set<String> columns,
        @Nullable RowFilter rowScope) {
    public Grant {
        columns = Set.copyOf(columns);
    }

    /** In which form data may be answered; the strictest of all scanned datasets rules. */
    public enum Mode {
        AGGREGATE,
        ROW_LEVEL
    }
}
