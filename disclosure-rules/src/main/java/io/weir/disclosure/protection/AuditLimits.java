package io.weir.disclosure.protection;

/**
 * How much work one table may cause. Beyond it the table, or the part of it, is hidden as a whole: never shown unproved.
 *
 * @param roundedCells linked cells up to which the audit takes the rounding of shown cells into account; in larger tables shown cells
 *     count as known exactly, which can only hide more
 * @param hiddenCells hidden cells of one linked part up to which the linear programmes are solved
 * @param relations relations of one linked part up to which the linear programmes are solved
 * @param work matrix elements that all linear programmes of one table may touch
 * @param workOfLargeTables the same for tables with more relations, which are protected by another method, part by part; 0 for none: their
 *     parts beyond the other limits are hidden as a whole
 */
public record AuditLimits(int roundedCells, int hiddenCells, int relations, long work, long workOfLargeTables) {
    public AuditLimits {
        if (roundedCells < 0 || hiddenCells < 1 || relations < 1 || work < 1 || workOfLargeTables < 0) {
            throw new IllegalArgumentException("Limits are positive");
        }
    }

    /** Limits without a method for large tables. */
    public AuditLimits(int roundedCells, int hiddenCells, int relations, long work) {
        this(roundedCells, hiddenCells, relations, work, 0);
    }

    /**
     * Sized for tables on somebody's desk, as {@code weir sdc} has them: some seconds, where an interactive answer has one; about ten for those that are
     * protected by the method for large tables.
     */
    public static AuditLimits batch() {
        return new AuditLimits(1_000, 800, 1_200, 15_000_000_000L, 30_000_000_000L);
    }

    /** Sized for interactive answers: about a second at worst. */
    public static AuditLimits interactive() {
        return new AuditLimits(400, 300, 300, 1_500_000_000L);
    }
}
