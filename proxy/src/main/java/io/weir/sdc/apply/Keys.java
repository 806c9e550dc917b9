package io.weir.sdc.apply;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.sdc.read.StatedTable;

/** The keys of the units of a row. */
final class Keys {
    private Keys() {}

    /** Of a table whose keys are not known, any: only methods that read none come here. */
    static CellKey of(StatedTable table, int row, long count) {
        if (!table.keys().isEmpty()) {
            return table.keys().get(row);
        }
        return count == 0 ? CellKey.NOBODY : new CellKey(0, 1);
    }
}
