package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Neighbours;
import io.weir.query.govern.plan.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
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
            new Neighbours(0, BigDecimal.ZERO));

    private static final int COMMON = 3;
    private static final int EACH = 9;

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
                    new Neighbours(0, BigDecimal.ZERO));
        }
        // In two-hundredths of a record.
        BigDecimal around = records.multiply(BigDecimal.TWO).multiply(CellParts.decimal(part));
        long fewest = Long.MAX_VALUE;
        for (int side = 2; side < 6; side++) {
            fewest = Math.min(fewest, CellParts.number(row[own + side]));
        }
        return new Evidence(
                CellParts.decimal(row[own]).divide(around, MathContext.DECIMAL64),
                people,
                CellParts.decimal(row[own + 6]),
                CellParts.decimal(row[own + 7]),
                around,
                false,
                null,
                new Neighbours(fewest, reach(CellParts.decimal(row[own + 8]), most, around)));
    }

    /** Records of one subject can be replaced by as many others, each at most the whole distance away. */
    private static BigDecimal reach(BigDecimal distance, BigDecimal most, BigDecimal around) {
        BigDecimal share = most.multiply(BigDecimal.valueOf(Place.WHOLE))
                .divide(around, MathContext.DECIMAL64)
                .min(BigDecimal.ONE);
        return distance.multiply(share).setScale(10, RoundingMode.UP).stripTrailingZeros();
    }
}
