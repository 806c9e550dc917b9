package io.weir.query.session;

import io.weir.query.wire.Format;
import java.util.List;

/** Rows that are read one way: a {@link DeclaredCursor} does FETCH and MOVE over them. */
interface Cursor extends Rows {
    /** Sends RowDescription as FETCH with these result formats sends it. */
    void describe(List<Format> formats);

    /**
     * Sends rows and nothing else.
     *
     * @param maxRows 0 for all
     * @return how many
     */
    long fetch(int maxRows, List<Format> formats);

    /** Passes over rows. */
    long skip(int maxRows);
}
