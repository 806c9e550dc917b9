package io.weir.query.disclose;

import io.weir.query.execute.CellSink;
import io.weir.query.govern.plan.Block;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cells of a block as the source gives them, put together from their parts while they are read. The text form prints nothing. */
public final class MergedCells implements CellSink {
    private final Block block;
    private final Map<Long, Integer> sets = new HashMap<>();
    private final Map<Place, CellParts> parts = new LinkedHashMap<>();

    /**
     * @param set index of the grouping set
     * @param keys of all keys of the block, null for those not grouped by
     */
    record Place(int set, List<@Nullable Object> keys) {}

    public MergedCells(Block block) {
        this.block = block;
        for (int s = 0; s < block.groupingSets().size(); s++) {
            sets.put(block.mask(block.groupingSets().get(s)), s);
        }
    }

    @Override
    public void add(@Nullable Object[] row) {
        parts.computeIfAbsent(place(row), p -> new CellParts(block.atoms())).add(row, width() + 1);
    }

    @Override
    public int cells() {
        return parts.size();
    }

    Map<Place, CellParts> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /** Number of columns with keys, with which a row begins. */
    int width() {
        return block.keys().size();
    }

    Place place(@Nullable Object[] row) {
        Integer set = sets.get(CellParts.number(row[width()]));
        if (set == null) {
            throw new IllegalStateException("the source answered a grouping set that was not asked");
        }
        return new Place(set, Arrays.asList(Arrays.copyOf(row, width())));
    }

    @Override
    public String toString() {
        return "MergedCells[***]";
    }
}
