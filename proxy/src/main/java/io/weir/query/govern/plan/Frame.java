package io.weir.query.govern.plan;

/**
 * Which rows of a partition, in its order, a window function sees from the current one. Offsets are negative before the current row.
 *
 * <p>Source: ISO/IEC 9075-2, window frame clause, as PostgreSQL has it.
 *
 * @param rows whether offsets count rows; else (RANGE) they are 0 or none, and rows that the order leaves equal are seen together
 * @param from the first row, {@link #FIRST} for the partition's first
 * @param until the last row, {@link #LAST} for the partition's last
 */
public record Frame(boolean rows, long from, long until) {
    /** No bound before the current row. */
    public static final long FIRST = Long.MIN_VALUE;

    /** No bound after the current row. */
    public static final long LAST = Long.MAX_VALUE;

    public Frame {
        if (!rows && (from != FIRST && from != 0 || until != LAST && until != 0)) {
            throw new IllegalArgumentException("A frame that counts no rows has no offsets");
        }
    }

    /** Whether it is the whole partition, whichever the current row is. */
    public boolean isWhole() {
        return from == FIRST && until == LAST;
    }
}
