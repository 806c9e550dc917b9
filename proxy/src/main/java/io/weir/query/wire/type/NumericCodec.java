package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * Text plain decimal with the scale kept. Binary (numeric.c, numeric_send):
 *
 * <pre>
 * int16 ndigits | int16 weight | int16 sign (0x0000 +, 0x4000 −, 0xC000 NaN, …) | int16 dscale | int16 digit × ndigits
 * </pre>
 *
 * Digits are base 10,000, the first stands for 10000^weight. NaN and infinities have no {@link BigDecimal} and are refused.
 */
final class NumericCodec implements TypeCodec<BigDecimal> {
    static final NumericCodec INSTANCE = new NumericCodec();

    private static final int NEGATIVE = 0x4000;
    private static final int GROUP = 10_000;
    /** Digits that leave room in a long for three more. */
    private static final int SHORT = 15;

    private static final long[] POWERS_OF_TEN = powersOfTen();
    private static final int MAX_SCALE = 16383;
    private static final int MAX_WEIGHT = 32767;
    /** Characters of the longest number, and an exponent. Reading takes time that grows with the square of them. */
    static final int LONGEST = 4 * MAX_WEIGHT + MAX_SCALE + 10;
    /** Nothing is given back, or a long word would be tried at each of its digits. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?\\d{1,6}+)?");
    /** Zeros that a few bytes may stand for: a Bind message with thousands of {@code 1e100000} must not fill the heap. */
    private static final int MOST_IMPLIED = 2_000;

    private NumericCodec() {}

    private static long[] powersOfTen() {
        long[] powers = new long[SHORT + 4];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    @Override
    public int length() {
        return -1;
    }

    @Override
    public void writeText(BigDecimal value, TextStyle style, MessageOutput out) {
        if (!isShort(value)) {
            out.text(value.toPlainString());
            return;
        }
        int scale = value.scale();
        long unscaled = value.unscaledValue().longValue();
        if (unscaled < 0) {
            out.int8('-');
        }
        long unit = POWERS_OF_TEN[scale];
        out.digits(Math.abs(unscaled) / unit, 1);
        if (scale > 0) {
            out.int8('.').digits(Math.abs(unscaled) % unit, scale);
        }
    }

    /** Whether it can be written by the arithmetic of longs, also when its decimals are filled up to whole groups. */
    private static boolean isShort(BigDecimal value) {
        return value.scale() >= 0 && value.scale() <= SHORT && value.precision() <= SHORT;
    }

    @Override
    public void writeBinary(BigDecimal value, MessageOutput out) {
        if (isShort(value)) {
            writeShort(value, out);
        } else {
            writeLong(value, out);
        }
    }

    private static void writeShort(BigDecimal value, MessageOutput out) {
        int fractionGroups = (value.scale() + 3) / 4;
        long unscaled = Math.abs(value.unscaledValue().longValue()) * POWERS_OF_TEN[fractionGroups * 4 - value.scale()];
        int weight = -fractionGroups;
        int dropped = 0;
        while (unscaled != 0 && unscaled % GROUP == 0) {
            unscaled /= GROUP;
            dropped++;
        }
        int used = 0;
        for (long left = unscaled; left != 0; left /= GROUP) {
            used++;
        }
        weight = used == 0 ? 0 : weight + dropped + used - 1;
        out.int16(used).int16(weight).int16(value.signum() < 0 ? NEGATIVE : 0).int16(value.scale());
        for (long unit = used == 0 ? 0 : POWERS_OF_TEN[(used - 1) * 4]; unit != 0; unit /= GROUP) {
            out.int16((int) (unscaled / unit % GROUP));
        }
    }

    private static void writeLong(BigDecimal value, MessageOutput out) {
        int scale = Math.max(value.scale(), 0);
        int fractionGroups = (scale + 3) / 4;
        String decimals =
                value.abs().setScale(fractionGroups * 4).unscaledValue().toString();
        int lead = decimals.length() % 4;
        int groups = (decimals.length() + 3) / 4;
        short[] digits = new short[groups];
        for (int i = 0; i < groups; i++) {
            int to = lead == 0 ? (i + 1) * 4 : lead + i * 4;
            digits[i] = Short.parseShort(decimals.substring(Math.max(0, to - 4), to));
        }
        int weight = groups - fractionGroups - 1;
        int used = groups;
        while (used > 0 && digits[used - 1] == 0) {
            used--;
        }
        if (used == 0) {
            weight = 0;
        }
        out.int16(used).int16(weight).int16(value.signum() < 0 ? NEGATIVE : 0).int16(scale);
        for (int i = 0; i < used; i++) {
            out.int16(digits[i]);
        }
    }

    @Override
    public BigDecimal readText(String text, TextStyle style) {
        String word = text.strip();
        if (word.length() > LONGEST || !NUMBER.matcher(word).matches()) {
            throw TypeCodec.invalid(SqlType.NUMERIC);
        }
        BigDecimal value = new BigDecimal(word);
        if (value.scale() > MAX_SCALE || (long) value.precision() - value.scale() > 4L * MAX_WEIGHT) {
            throw TypeCodec.invalid(SqlType.NUMERIC);
        }
        return value.scale() < 0 ? scaled(value, 0) : value;
    }

    @Override
    public BigDecimal readBinary(byte[] bytes) {
        if (bytes.length < 8) {
            throw TypeCodec.invalid(SqlType.NUMERIC);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int count = in.getShort() & 0xffff;
        int weight = in.getShort();
        int sign = in.getShort() & 0xffff;
        int scale = in.getShort() & 0xffff;
        if (in.remaining() != count * 2 || (sign != 0 && sign != NEGATIVE) || scale > MAX_SCALE) {
            throw TypeCodec.invalid(SqlType.NUMERIC);
        }
        StringBuilder decimals = new StringBuilder(count * 4 + 1).append('0');
        for (int i = 0; i < count; i++) {
            int digit = in.getShort();
            if (digit < 0 || digit > 9999) {
                throw TypeCodec.invalid(SqlType.NUMERIC);
            }
            decimals.append((char) ('0' + digit / 1000))
                    .append((char) ('0' + digit / 100 % 10))
                    .append((char) ('0' + digit / 10 % 10))
                    .append((char) ('0' + digit % 10));
        }
        BigInteger unscaled = new BigInteger(decimals.toString());
        BigDecimal value = new BigDecimal(sign == NEGATIVE ? unscaled.negate() : unscaled, (count - 1 - weight) * 4);
        return scaled(value, scale);
    }

    private static BigDecimal scaled(BigDecimal value, int scale) {
        if ((long) scale - value.scale() > MOST_IMPLIED) {
            throw TypeCodec.invalid(SqlType.NUMERIC);
        }
        try {
            return value.setScale(scale);
        } catch (ArithmeticException moreDigitsThanScale) {
            throw TypeCodec.invalid(SqlType.NUMERIC);
        }
    }
}
