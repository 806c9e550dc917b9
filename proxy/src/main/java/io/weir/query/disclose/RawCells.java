package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.history.Fingerprint;
import io.weir.query.execute.RawBlock;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.KeyDomain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the source says of a block, put together: unprotected. The text form prints no number.
 *
 * @param cells those that the source knows, then those of public domains that have nobody
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
     * @param prints one per atom
     */
    record RawCell(
            List<@Nullable Object> keys,
            int set,
            long units,
            Fingerprint rows,
            List<Evidence> evidence,
            List<Fingerprint> prints) {}

    private record Place(int set, List<@Nullable Object> keys) {}

    static RawCells of(RawBlock raw) {
        Block block = raw.query().block();
        int width = block.keys().size();
        Map<Long, Integer> sets = new HashMap<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            sets.put(block.mask(block.groupingSets().get(s)), s);
        }
        Map<Place, CellParts> parts = new LinkedHashMap<>();
        for (@Nullable Object[] row : raw.cells()) {
            parts.computeIfAbsent(place(row, width, sets), p -> new CellParts(block.atoms()))
                    .add(row, width + 1);
        }
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
            rows.forEach(row -> values.put(place(row, width, sets), CellParts.decimal(row[width + 1])));
            frequent.put(atom, values);
        });
        Map<Integer, Map<Place, Evidence>> positions = new HashMap<>();
        raw.places().forEach((atoms, rows) -> {
            for (@Nullable Object[] row : rows) {
                Place place = place(row, width, sets);
                for (int a = 0; a < atoms.size(); a++) {
                    positions
                            .computeIfAbsent(atoms.get(a), p -> new HashMap<>())
                            .put(place, PlaceEvidence.of(row, width + 1, a));
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
            cells.add(new RawCell(place.keys(), place.set(), part.units(), part.rows(), evidence, part.prints()));
        });
        long population = 0;
        Fingerprint.Builder populationRows = new Fingerprint.Builder();
        for (@Nullable Object[] bucket : raw.population()) {
            population += CellParts.number(bucket[1]);
            populationRows.add((int) CellParts.number(bucket[0]), CellParts.decimal(bucket[2]), 0);
        }
        return new RawCells(cells, known, domains, closedKeys, population, populationRows.build());
    }

    private static List<List<@Nullable Object>> closedKeys(RawBlock raw, Set<Integer> set) {
        Set<Integer> closed = new HashSet<>(set);
        closed.removeIf(k -> raw.query().block().keys().get(k).domain() instanceof KeyDomain.Open);
        return closed.size() == set.size()
                ? List.of()
                : DomainCells.of(raw, closed).orElse(List.of());
    }

    private static Place place(@Nullable Object[] row, int width, Map<Long, Integer> sets) {
        Integer set = sets.get(CellParts.number(row[width]));
        if (set == null) {
            throw new IllegalStateException("the source answered a grouping set that was not asked");
        }
        return new Place(set, Arrays.asList(Arrays.copyOf(row, width)));
    }

    @Override
    public String toString() {
        return "RawCells[***]";
    }
}
