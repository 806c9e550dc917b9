package io.weir.disclosure.protection;

/**
 * How much work one table may cause. Beyond it the table, or the part of it, is hidden as a whole: never shown unproved.
 *
 * @param roundedCells linked cells up to which the audit takes the rounding of shown cells into account; in larger tables shown cells
 *     count as known exactly, which can only hide more
 * @param hiddenCells hidden cells of one linked part up to which the linear programmes are solved
 * @param relations relations of one linked part up to which the linear programmes are solved
 * @param work matrix elements that all linear programmes of one table may touch
 */
public record AuditLimits(int roundedCells, int hiddenCells, int relations, long work) {
    public AuditLimits {
        if (roundedCells < 0 || hiddenCells < 1 || relations < 1 || work < 1) {
            throw new IllegalArgumentException("Limits are positive");
        }
    }

    /** Sized for interactive answers: about a second at worst. */
    public static AuditLimits interactive() {
        return new AuditLimits(400, 300, 300, 1_500_000_000L);
    }
}
