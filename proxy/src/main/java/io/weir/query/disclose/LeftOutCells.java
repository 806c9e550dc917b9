package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.table.Address;
import io.weir.query.disclose.RawCells.RawCell;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.KeyDomain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Groups of nobody, in tables with margins whose keys have no public domain: one for each margin, as if its groups were not all there. In such a
 * table groups of few people are left out. With these, a margin over groups none of which was left out is protected like one over groups of
 * which one was, and what is hidden does not tell which it is.
 */
final class LeftOutCells {
    private static final String LEFT_OUT = "\u0000left out";

    private LeftOutCells() {}

    /** @param rows of the cells, in their order */
    static List<EvidenceRow> of(Block block, RawCells raw, List<EvidenceRow> rows) {
        if (block.groupingSets().size() < 2) {
            return List.of();
        }
        CellParts nobody = new CellParts(block.atoms());
        List<Evidence> evidence = new ArrayList<>();
        for (int atom = 0; atom < block.atoms().size(); atom++) {
            evidence.add(nobody.evidence(atom, BigDecimal.ZERO));
        }
        evidence.add(Evidence.ofCount(0, 0));
        Set<Address> added = new HashSet<>();
        List<EvidenceRow> more = new ArrayList<>();
        for (int c = 0; c < raw.cells().size(); c++) {
            RawCell cell = raw.cells().get(c);
            if (raw.domains().containsKey(cell.set())) {
                continue;
            }
            List<Integer> keys =
                    block.groupingSets().get(cell.set()).stream().sorted().toList();
            Address address = rows.get(c).address();
            for (int place : open(block, keys)) {
                List<String> values = new ArrayList<>(address.keys());
                values.set(place, LEFT_OUT);
                Address left = new Address(cell.set(), values);
                if (added.add(left)) {
                    more.add(new EvidenceRow(
                            left,
                            0L,
                            raw.population(),
                            (long) raw.populationRows().differing(nobody.rows()),
                            false,
                            evidence));
                }
            }
        }
        return more;
    }

    /** Places of the keys that make the set's groups unknown; all of them where its groups are only too many to be listed. */
    private static List<Integer> open(Block block, List<Integer> keys) {
        List<Integer> open = new ArrayList<>();
        for (int place = 0; place < keys.size(); place++) {
            if (block.keys().get(keys.get(place)).domain() instanceof KeyDomain.Open) {
                open.add(place);
            }
        }
        if (open.isEmpty()) {
            for (int place = 0; place < keys.size(); place++) {
                open.add(place);
            }
        }
        return open;
    }
}
