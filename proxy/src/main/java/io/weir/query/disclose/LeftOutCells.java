package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.table.Address;
import io.weir.query.disclose.RawCells.RawCell;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.KeyDomain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups of nobody, in tables with margins whose keys have no public domain: in such a table groups of few people are left out. With a group that
 * could have been left out in every margin, one over groups none of which was left out is protected like one over groups of which one was,
 * and what is hidden does not tell which it is.
 */
final class LeftOutCells {
    private static final String LEFT_OUT = "\u0000left out";

    /** Beyond this many only those that no group of enough people stands for. */
    private static final int MOST_COMBINATIONS = 5_000;

    private final Block block;
    private final RawCells raw;
    private final int threshold;
    private final Set<Address> addresses = new HashSet<>();
    private final List<Address> more = new ArrayList<>();

    private LeftOutCells(Block block, RawCells raw, int threshold) {
        this.block = block;
        this.raw = raw;
        this.threshold = threshold;
    }

    /** @param rows of the cells, in their order */
    static List<EvidenceRow> of(Block block, RawCells raw, List<EvidenceRow> rows, int threshold) {
        if (block.groupingSets().size() < 2) {
            return List.of();
        }
        LeftOutCells cells = new LeftOutCells(block, raw, threshold);
        rows.forEach(row -> cells.addresses.add(row.address()));
        for (int set = 0; set < block.groupingSets().size(); set++) {
            if (!raw.domains().containsKey(set)) {
                cells.add(set, rows);
            }
        }
        CellParts nobody = new CellParts(block.atoms());
        List<Evidence> evidence = new ArrayList<>();
        for (int atom = 0; atom < block.atoms().size(); atom++) {
            evidence.add(nobody.evidence(atom, BigDecimal.ZERO));
        }
        evidence.add(Evidence.ofCount(0, 0));
        long outside = raw.populationRows().differing(nobody.rows());
        return cells.more.stream()
                .map(address -> new EvidenceRow(address, 0L, raw.population(), outside, false, evidence))
                .toList();
    }

    private void add(int set, List<EvidenceRow> rows) {
        List<Integer> keys = block.groupingSets().get(set).stream().sorted().toList();
        List<Integer> open = open(keys);
        Set<List<String>> known = new LinkedHashSet<>();
        Set<List<String>> leftOut = new LinkedHashSet<>();
        leftOut.add(Collections.nCopies(keys.size(), LEFT_OUT));
        for (int c = 0; c < raw.cells().size(); c++) {
            RawCell cell = raw.cells().get(c);
            if (cell.set() == set && cell.units() >= threshold) {
                List<String> values = rows.get(c).address().keys();
                known.add(values);
                for (int place : open) {
                    List<String> without = new ArrayList<>(values);
                    without.set(place, LEFT_OUT);
                    leftOut.add(without);
                }
            }
        }
        List<List<@Nullable Object>> closed = raw.closedKeys().getOrDefault(set, List.of());
        combine(set, keys, open, leftOut, closed);
        if ((long) known.size() * closed.size() <= MOST_COMBINATIONS) {
            combine(set, keys, open, known, closed);
        }
    }

    /** Each with its own values of the keys whose values are public, and with all others. */
    private void combine(
            int set,
            List<Integer> keys,
            List<Integer> open,
            Set<List<String>> groups,
            List<List<@Nullable Object>> closed) {
        for (List<String> group : groups) {
            if (closed.isEmpty()) {
                add(new Address(set, group));
            }
            for (List<@Nullable Object> values : closed) {
                List<String> combined = new ArrayList<>(group);
                for (int place = 0; place < keys.size(); place++) {
                    if (!open.contains(place)) {
                        combined.set(place, Discloser.keyText(values.get(keys.get(place))));
                    }
                }
                add(new Address(set, combined));
            }
        }
    }

    private void add(Address address) {
        if (addresses.add(address)) {
            more.add(address);
        }
    }

    /** Places of the keys that make the set's groups unknown; all of them where its groups are only too many to be listed. */
    private List<Integer> open(List<Integer> keys) {
        List<Integer> open = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int place = 0; place < keys.size(); place++) {
            all.add(place);
            if (block.keys().get(keys.get(place)).domain() instanceof KeyDomain.Open) {
                open.add(place);
            }
        }
        return open.isEmpty() ? all : open;
    }
}
