package io.weir.query.govern.plan;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.SqlType;
import io.weir.query.type.Written;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's numbers in Java: exact numeric with its rule for the scale of quotients (numeric.c, select_div_scale). */
final class Numbers {
    private static final int MINIMUM_SIGNIFICANT_DIGITS = 16;
    private static final int DIGITS_PER_GROUP = 4;
    private static final int MAXIMUM_SCALE = 1000;

    private Numbers() {}

    static BigDecimal decimal(Object value) {
        return switch (value) {
            case BigDecimal d -> d;
            case Integer i -> BigDecimal.valueOf(i);
            case Long l -> BigDecimal.valueOf(l);
            case Double d -> finite(d);
            case Float f -> finite(f.doubleValue());
            case BigInteger b -> new BigDecimal(b);
            default -> throw mismatch("a number was expected");
        };
    }

    /** The number that a cast starts from: PostgreSQL casts floats to numeric with their certain digits, and rounds them to even. */
    static BigDecimal converted(Object value, SqlType type) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            BigDecimal exact = finite(number);
            if (type.isInteger()) {
                return BigDecimal.valueOf(Math.rint(number));
            }
            if (type == SqlType.NUMERIC) {
                int digits = value instanceof Float ? 6 : 15;
                BigDecimal certain = new BigDecimal(number)
                        .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
                return certain.signum() == 0 ? BigDecimal.ZERO : certain;
            }
            return exact;
        }
        return decimal(value);
    }

    private static BigDecimal finite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "not a finite number", Written.hint(SqlType.FLOAT8))
                    .asException();
        }
        return BigDecimal.valueOf(value);
    }

    /** A numeric result in the Java class of the declared type. */
    static Object as(BigDecimal value, SqlType type) {
        return switch (type) {
            case INT2 -> (Object) (int) integral(value, Short.MIN_VALUE, Short.MAX_VALUE, type);
            case INT4 -> (int) integral(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            case INT8 -> integral(value, Long.MIN_VALUE, Long.MAX_VALUE, type);
            case FLOAT4 -> value.floatValue();
            case FLOAT8 -> value.doubleValue();
            case NUMERIC -> value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
            default -> throw mismatch("a number cannot be a " + type.sqlName());
        };
    }

    private static long integral(BigDecimal value, long low, long high, SqlType type) {
        BigInteger rounded = value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (rounded.compareTo(BigInteger.valueOf(low)) < 0 || rounded.compareTo(BigInteger.valueOf(high)) > 0) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, type.sqlName() + " out of range")
                    .asException();
        }
        return rounded.longValue();
    }

    /** As many digits as PostgreSQL's numeric gives, or more; NULL outside the function's domain. */
    static @Nullable BigDecimal transcendental(Op op, BigDecimal x) {
        double approximate = switch (op) {
            case LOGARITHM -> Math.log(x.doubleValue());
            case EXPONENTIAL -> Math.exp(x.doubleValue());
            default -> 0;
        };
        return switch (op) {
            case SQUARE_ROOT -> x.signum() < 0 ? null : x.sqrt(MathContext.DECIMAL128);
            default -> Double.isFinite(approximate) ? new BigDecimal(approximate, MathContext.DECIMAL64) : null;
        };
    }

    /** NULL when the divisor is zero. */
    static @Nullable BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            return null;
        }
        int[] first = new int[1];
        int[] second = new int[1];
        int weight = groupWeight(dividend, first) - groupWeight(divisor, second);
        if (first[0] <= second[0]) {
            weight--;
        }
        int scale = MINIMUM_SIGNIFICANT_DIGITS - weight * DIGITS_PER_GROUP;
        scale = Math.max(scale, Math.max(dividend.scale(), divisor.scale()));
        scale = Math.min(Math.max(scale, 0), MAXIMUM_SCALE);
        return dividend.divide(divisor, scale, RoundingMode.HALF_UP);
    }

    /** Weight of the first non-zero base-10000 digit, and that digit. */
    private static int groupWeight(BigDecimal value, int[] digit) {
        if (value.signum() == 0) {
            digit[0] = 0;
            return 0;
        }
        BigDecimal magnitude = value.abs().stripTrailingZeros();
        int exponent = magnitude.precision() - magnitude.scale() - 1;
        int weight = Math.floorDiv(exponent, DIGITS_PER_GROUP);
        digit[0] = magnitude
                .movePointLeft(weight * DIGITS_PER_GROUP)
                .toBigInteger()
                .intValueExact();
        return weight;
    }

    static RuntimeException mismatch(String what) {
        return Problem.of(ProblemCode.TYPE_MISMATCH, what).asException();
    }
}
