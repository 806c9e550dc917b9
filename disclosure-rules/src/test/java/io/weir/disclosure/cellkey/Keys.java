package io.weir.disclosure.cellkey;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Keys for tests: from decimal fractions as publications print them, and of invented people. */
public final class Keys {
    private static final RecordKeys PEOPLE = new RecordKeys(new byte[RecordKeys.SECRET_BYTES]);

    private Keys() {}

    /** The nearest 64-bit fraction. */
    public static RecordKey fraction(String decimal) {
        BigInteger bits = new BigDecimal(decimal)
                .multiply(new BigDecimal(BigInteger.TWO.pow(Long.SIZE)))
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .toBigInteger();
        return new RecordKey(bits.longValue());
    }

    public static RecordKey person(int person) {
        return PEOPLE.of("person", Integer.toString(person));
    }

    /** People from the first to before the last. */
    public static CellKey people(int first, int last) {
        CellKey cell = CellKey.NOBODY;
        for (int person = first; person < last; person++) {
            cell = cell.with(person(person));
        }
        return cell;
    }
}
