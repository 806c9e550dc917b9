package io.weir.query.execute;

import org.jspecify.annotations.Nullable;

/** Takes the rows of a block's query as they come from the source, and puts together what belongs to one cell. Confined to the thread that reads. */
public interface CellSink {
    /** @param row in the order of the query's output plan; not changed afterwards */
    void add(@Nullable Object[] row);

    /** How many cells there are so far. */
    int cells();
}
