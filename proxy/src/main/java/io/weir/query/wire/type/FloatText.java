package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How PostgreSQL prints floating point numbers: shortest digits (src/common/d2s.c, f2s.c), or {@code %.*g} when extra_float_digits is not
 * positive. Plain notation for decimal exponents from −4 up to but not including 15 (float8) or 6 (float4), else {@code d.ddde+XX}.
 */
final class FloatText {
    /** Nothing is given back, or a long word would be tried at each of its digits. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?\\d++)?");

    private FloatText() {}

    static String ofDouble(double value, int extraDigits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        if (extraDigits <= 0) {
            int digits = Math.max(1, 15 + extraDigits);
            return general(value, new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)), digits);
        }
        return general(value, shortest(Double.toString(value), text -> Double.parseDouble(text) == value), 15);
    }

    static String ofFloat(float value, int extraDigits) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return special(value);
        }
        if (extraDigits <= 0) {
            int digits = Math.max(1, 6 + extraDigits);
            return general(value, new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)), digits);
        }
        return general(value, shortest(Float.toString(value), text -> Float.parseFloat(text) == value), 6);
    }

    static <T> T read(String text, SqlType type, Function<String, T> parse, Predicate<T> infinite) {
        String word = text.strip();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "nan" -> parse.apply("NaN");
            case "infinity", "+infinity", "inf", "+inf" -> parse.apply("Infinity");
            case "-infinity", "-inf" -> parse.apply("-Infinity");
            default -> finite(word, type, parse, infinite);
        };
    }

    private static <T> T finite(String word, SqlType type, Function<String, T> parse, Predicate<T> infinite) {
        if (!NUMBER.matcher(word).matches()) {
            throw TypeCodec.invalid(type);
        }
        T value = parse.apply(word);
        if (infinite.test(value)) {
            throw TypeCodec.invalid(type);
        }
        return value;
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }

    /** Java prints at least two digits where one may do (4.9E-324 for 5e-324). */
    private static BigDecimal shortest(String javaText, Predicate<String> readsBack) {
        BigDecimal digits = new BigDecimal(javaText).stripTrailingZeros();
        if (digits.precision() == 2) {
            BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
            if (readsBack.test(one.toString())) {
                return one;
            }
        }
        return digits;
    }

    private static String general(double value, BigDecimal rounded, int plainBelow) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal digits = rounded.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < plainBelow) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder(24);
        if (value < 0) {
            text.append('-');
        }
        text.append(unscaled.charAt(0));
        if (unscaled.length() > 1) {
            text.append('.').append(unscaled, 1, unscaled.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int magnitude = Math.abs(exponent);
        if (magnitude < 10) {
            text.append('0');
        }
        return text.append(magnitude).toString();
    }
}
