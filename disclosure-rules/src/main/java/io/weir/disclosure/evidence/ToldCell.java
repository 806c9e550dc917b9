package io.weir.disclosure.evidence;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What everybody is told of a cell while it is hidden, by what is printed in its place or by its row being left out: that its value lies between two
 * numbers. It has to be true. A cell that is shown is known up to its rounding, and no further than this.
 *
 * @param row row index
 * @param measure measure index, of counts
 * @param least smallest value; null when nothing is told
 * @param most greatest value; null when nothing is told
 * @param allowed whether the rules accept that so much is told ("below ten" by a publisher who prints it): then nothing beyond it may follow; else the
 *     cell has to be as open as any other
 */
public record ToldCell(
        int row,
        int measure,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        boolean allowed) {
    /** Whether a value is what is told. */
    public boolean holdsFor(BigDecimal value) {
        return (least == null || value.compareTo(least) >= 0) && (most == null || value.compareTo(most) <= 0);
    }

    @Override
    public String toString() {
        return "ToldCell[row=" + row + ", measure=" + measure + ", ***]";
    }
}
