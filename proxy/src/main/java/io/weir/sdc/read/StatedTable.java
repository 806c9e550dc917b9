package io.weir.sdc.read;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.Readers;
import io.weir.sdc.describe.Description;
import java.util.List;

/**
 * A table with its evidence, ready for the rules. Rows stand in the order in which people read them.
 *
 * @param description what it was read by
 * @param places where each row stands: a path for each dimension
 * @param evidence rows in the same order, measures in the description's
 * @param keys the keys of the units of each row, empty unless they were computed from records with a secret
 * @param notes what a reader of the table should know about it
 */
public record StatedTable(
        Description description,
        List<List<List<String>>> places,
        EvidenceTable evidence,
        List<CellKey> keys,
        List<String> notes) {
    public StatedTable {
        places = List.copyOf(places);
        keys = List.copyOf(keys);
        notes = List.copyOf(notes);
    }

    /** The same for readers who know this much beside what is in print. */
    StatedTable readBy(Readers readers) {
        return new StatedTable(description, places, evidence.readBy(readers), keys, notes);
    }

    @Override
    public String toString() {
        return "StatedTable[" + places.size() + " rows, ***]";
    }
}
