package io.weir.query.rewrite;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How large exact numbers can be: what a decimal type must have room for so that no row can overflow it.
 *
 * @param digits digits before the point, at least 1
 * @param scale digits after the point
 */
record NumberShape(int digits, int scale) {
    /** Digits of the largest decimal of SQL Server (data types, "decimal and numeric"). */
    static final int MOST_DIGITS = 38;

    /** A sum has room for ten thousand million rows. */
    private static final int DIGITS_OF_ROWS = 10;

    static final NumberShape INT2 = new NumberShape(5, 0);
    static final NumberShape INT4 = new NumberShape(10, 0);
    static final NumberShape INT8 = new NumberShape(19, 0);

    /** The shape of all values of a declared type; empty when it has no bound. */
    static Optional<NumberShape> of(ColumnType type) {
        return switch (type.type()) {
            case BOOL -> Optional.of(new NumberShape(1, 0));
            case INT2 -> Optional.of(INT2);
            case INT4 -> Optional.of(INT4);
            case INT8 -> Optional.of(INT8);
            case NUMERIC ->
                type.hasScale() && type.scale() >= 0 && type.integerDigits() >= 0
                        ? Optional.of(new NumberShape(Math.max(1, type.integerDigits()), type.scale()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    static NumberShape of(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        return new NumberShape(Math.max(1, value.precision() - value.scale()), scale);
    }

    int precision() {
        return digits + scale;
    }

    boolean fits() {
        return precision() <= MOST_DIGITS;
    }

    /** One that has room for both. */
    NumberShape or(NumberShape other) {
        return new NumberShape(Math.max(digits, other.digits), Math.max(scale, other.scale));
    }

    NumberShape plus(NumberShape other) {
        NumberShape both = or(other);
        return new NumberShape(both.digits + 1, both.scale);
    }

    NumberShape times(NumberShape other) {
        return new NumberShape(digits + other.digits, scale + other.scale);
    }

    NumberShape wider() {
        return new NumberShape(digits + 1, scale);
    }

    NumberShape whole() {
        return new NumberShape(digits + 1, 0);
    }

    NumberShape summed() {
        return new NumberShape(digits + DIGITS_OF_ROWS, scale);
    }

    /** As SQL Server's type. */
    String type() {
        return "decimal(" + precision() + ", " + scale + ")";
    }

    /** Whether numbers of a type have a shape at all. */
    static boolean isExact(SqlType type) {
        return type.isInteger() || type == SqlType.NUMERIC;
    }
}
