package io.weir.sdc.read;

import io.weir.sdc.describe.Spaces;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as people write them into CSV files: digits with a point, no separators of thousands, and an exponent as spreadsheets write it.
 *
 * @param missing texts that stand for a missing number
 */
record Numbers(Set<String> missing) {
    private static final int LONGEST = 40;

    /** The linear programmes take intervals that differ by a millionth for the same. */
    static final int DECIMALS = 4;

    /** With four decimals still a long. */
    private static final BigDecimal GREATEST = new BigDecimal("900000000000000");

    /** Whole numbers up to here are exact in binary numbers, and so are their sums. */
    private static final BigInteger MOST = BigInteger.TWO.pow(53);

    /**
     * @return null for a missing number
     * @throws IllegalArgumentException with a sentence for people
     */
    @Nullable
    BigDecimal decimal(String field) {
        String text = field.strip();
        if (missing.contains(text)) {
            return null;
        }
        if (text.length() > LONGEST || !text.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?")) {
            throw new IllegalArgumentException(
                    text.matches("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?")
                            ? "'" + text + "' has separators of thousands"
                            : "'" + shortened(text) + "' is not a number");
        }
        BigDecimal value = new BigDecimal(text);
        if (isTooFine(value)) {
            throw new TooFine("'" + text + "' has more than " + DECIMALS + " decimals");
        }
        if (!isExact(value)) {
            throw new IllegalArgumentException("'" + text
                    + "' has more digits than can be added up exactly here, or is beyond " + GREATEST.toPlainString());
        }
        return value;
    }

    /** Finer than what the linear programmes are sure to tell apart. */
    static final class TooFine extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        static final String REMEDY = "give the amounts in a smaller unit of account (cents, grams)";

        TooFine(String message) {
            super(message);
        }
    }

    static boolean isTooFine(BigDecimal value) {
        return value.stripTrailingZeros().scale() > DECIMALS;
    }

    /** Whether a number has at most as many digits as the linear programmes tell apart, and is no greater than they can have. */
    static boolean isExact(BigDecimal value) {
        if (value.abs().compareTo(GREATEST) > 0) {
            return false;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        BigInteger digits = stripped.scale() < 0
                ? stripped.setScale(0, RoundingMode.UNNECESSARY).unscaledValue()
                : stripped.unscaledValue();
        return digits.abs().compareTo(MOST) <= 0;
    }

    /**
     * @return null for a missing number
     * @throws IllegalArgumentException with a sentence for people
     */
    @Nullable
    Long count(String field) {
        BigDecimal value = decimal(field);
        if (value == null) {
            return null;
        }
        if (!Spaces.plain(field).matches("[+-]?\\d+(\\.0*)?")) {
            throw new IllegalArgumentException("'" + field.strip() + "' is not a whole number, and this is a count");
        }
        if (value.signum() < 0) {
            throw new IllegalArgumentException("'" + field.strip() + "' is negative, and this is a count");
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + field.strip() + "' is not a whole number, and this is a count", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
