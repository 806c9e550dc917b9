package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.history.Fingerprint;
import io.weir.query.disclose.MergedCells.Place;
import io.weir.query.execute.RawBlock;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.KeyDomain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the source says of a block, put together: unprotected. The text form prints no number.
 *
 * @param cells those that the source knows and those of public domains that have nobody, in the order of their keys
 * @param known how many of them the source knows
 * @param domains by index of the grouping set the keys of all its cells, where they are public
 * @param closedKeys by index of the other grouping sets: the combinations of those of its keys that have a public domain, null for the others
 * @param population distinct units without the analyst's predicates
 * @param populationRows how many rows they have
 */
record RawCells(
        List<RawCell> cells,
        int known,
        Map<Integer, Set<List<@Nullable Object>>> domains,
        Map<Integer, List<List<@Nullable Object>>> closedKeys,
        long population,
        Fingerprint populationRows) {
    /**
     * @param set index of the grouping set
     * @param evidence one per atom
     * @param parts what it was put together from
     */
    record RawCell(List<@Nullable Object> keys, int set, long units, List<Evidence> evidence, CellParts parts) {
        /** How many rows each bucket has. */
        Fingerprint rows() {
            return parts.rows();
        }

        Fingerprint print(int atom) {
            return parts.print(atom);
        }
    }

    static RawCells of(RawBlock raw, MergedCells merged) {
        Block block = raw.query().block();
        Map<Place, CellParts> parts = new LinkedHashMap<>(merged.parts());
        int known = parts.size();
        Map<Integer, Set<List<@Nullable Object>>> domains = new HashMap<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            int set = s;
            DomainCells.of(raw, block.groupingSets().get(s)).ifPresent(all -> {
                domains.put(set, new LinkedHashSet<>(all));
                all.forEach(keys -> parts.computeIfAbsent(new Place(set, keys), p -> new CellParts(block.atoms())));
            });
        }
        Map<Integer, List<List<@Nullable Object>>> closedKeys = new HashMap<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            if (!domains.containsKey(s)) {
                closedKeys.put(s, closedKeys(raw, block.groupingSets().get(s)));
            }
        }
        Map<Integer, Map<Place, BigDecimal>> frequent = new HashMap<>();
        raw.distinct().forEach((atom, rows) -> {
            Map<Place, BigDecimal> values = new HashMap<>();
            rows.forEach(row -> values.put(merged.place(row), CellParts.decimal(row[merged.width() + 1])));
            frequent.put(atom, values);
        });
        Map<Integer, Map<Place, Evidence>> positions = new HashMap<>();
        raw.places().forEach((atoms, rows) -> {
            for (@Nullable Object[] row : rows) {
                Place place = merged.place(row);
                for (int a = 0; a < atoms.size(); a++) {
                    positions
                            .computeIfAbsent(atoms.get(a), p -> new HashMap<>())
                            .put(place, PlaceEvidence.of(row, merged.width() + 1, a));
                }
            }
        });
        List<RawCell> cells = new ArrayList<>();
        parts.forEach((place, part) -> {
            List<Evidence> evidence = new ArrayList<>();
            for (int i = 0; i < block.atoms().size(); i++) {
                if (block.atoms().get(i) instanceof Atom.Position) {
                    evidence.add(positions.getOrDefault(i, Map.of()).getOrDefault(place, PlaceEvidence.NOBODY));
                    continue;
                }
                evidence.add(part.evidence(i, frequent.getOrDefault(i, Map.of()).getOrDefault(place, BigDecimal.ZERO)));
            }
            cells.add(new RawCell(place.keys(), place.set(), part.units(), evidence, part));
        });
        sort(cells);
        long population = 0;
        Fingerprint.Builder populationRows = new Fingerprint.Builder();
        for (@Nullable Object[] bucket : raw.population()) {
            population += CellParts.number(bucket[1]);
            populationRows.add((int) CellParts.number(bucket[0]), CellParts.decimal(bucket[2]), 0);
        }
        return new RawCells(cells, known, domains, closedKeys, population, populationRows.build());
    }

    /** What is hidden must not depend on the order in which the source returns them, or on which of them are empty. */
    private static void sort(List<RawCell> cells) {
        List<Named> named = new ArrayList<>();
        cells.forEach(cell -> named.add(
                new Named(cell.keys().stream().map(Discloser::keyText).collect(Collectors.joining("\u0000")), cell)));
        named.sort(Comparator.comparingInt((Named n) -> n.cell().set()).thenComparing(Named::keys));
        cells.clear();
        named.forEach(n -> cells.add(n.cell()));
    }

    private record Named(String keys, RawCell cell) {}

    private static List<List<@Nullable Object>> closedKeys(RawBlock raw, Set<Integer> set) {
        Set<Integer> closed = new HashSet<>(set);
        closed.removeIf(k -> raw.query().block().keys().get(k).domain() instanceof KeyDomain.Open);
        return closed.size() == set.size()
                ? List.of()
                : DomainCells.of(raw, closed).orElse(List.of());
    }

    @Override
    public String toString() {
        return "RawCells[***]";
    }
}
