package io.weir.disclosure.evidence;

import java.math.BigDecimal;

/**
 * A cell that was published earlier. Everybody is taken to know its value: it cannot serve as a complementary suppression, and its
 * shown value does not change.
 *
 * @param row row index
 * @param measure measure index
 * @param published the value as published (rounded)
 */
public record FixedCell(int row, int measure, BigDecimal published) {
    @Override
    public String toString() {
        return "FixedCell[row=" + row + ", measure=" + measure + ", ***]";
    }
}
