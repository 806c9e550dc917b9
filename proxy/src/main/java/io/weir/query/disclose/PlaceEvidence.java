package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Neighbours;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** What the source says of a place in an order of values. Pure. */
final class PlaceEvidence {
    /** Of a cell without values. */
    static final Evidence NOBODY = new Evidence(
            null,
            0L,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            false,
            null,
            new Neighbours(0, BigDecimal.ZERO, BigDecimal.ZERO));

    private static final int COMMON = 3;
    private static final int EACH = 10;

    private PlaceEvidence() {}

    /**
     * @param at where the columns after the keys begin
     * @param number which of the places that are read together
     */
    static Evidence of(@Nullable Object[] row, int at, int number) {
        BigDecimal records = CellParts.decimal(row[at]);
        long people = CellParts.number(row[at + 1]);
        BigDecimal most = CellParts.decimal(row[at + 2]);
        int own = at + COMMON + EACH * number;
        Object part = row[own + 1];
        if (part == null) {
            return new Evidence(
                    null,
                    people,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    false,
                    null,
                    new Neighbours(0, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        // In two-hundredths of a record.
        BigDecimal around = records.multiply(BigDecimal.TWO).multiply(CellParts.decimal(part));
        long fewest = Long.MAX_VALUE;
        for (int side = 2; side < 6; side++) {
            fewest = Math.min(fewest, CellParts.number(row[own + side]));
        }
        BigDecimal sum = CellParts.decimal(row[own]);
        BigDecimal usual = records.divide(BigDecimal.valueOf(people).multiply(most), MathContext.DECIMAL64);
        BigDecimal down = sum.subtract(CellParts.decimal(row[own + 8]));
        BigDecimal up = CellParts.decimal(row[own + 9]).subtract(sum);
        return new Evidence(
                sum.divide(around, MathContext.DECIMAL64),
                people,
                CellParts.decimal(row[own + 6]),
                CellParts.decimal(row[own + 7]),
                around,
                false,
                null,
                neighbours(
                        fewest,
                        down.max(up).divide(around, MathContext.DECIMAL64).max(BigDecimal.ZERO),
                        usual));
    }

    /** @param usual records of a subject on average, as a share of those of the one with most */
    private static Neighbours neighbours(long fewest, BigDecimal reach, BigDecimal usual) {
        return new Neighbours(fewest, reach, reach.multiply(usual));
    }
}
