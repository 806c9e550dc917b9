package io.weir.query.type;

/**
 * A type with PostgreSQL's type modifier.
 *
 * @param type the type
 * @param typmod PostgreSQL's atttypmod: -1 when there is none; varchar(n) and char(n) are n + 4; numeric(p,s) is (p &lt;&lt; 16 | s) + 4;
 *     timestamp(n) and time(n) are n
 */
public record ColumnType(SqlType type, int typmod) {
    private static final int HEADER = 4;

    public static ColumnType of(SqlType type) {
        return new ColumnType(type, -1);
    }

    /** {@code varchar(n)}, {@code char(n)}. */
    public static ColumnType text(SqlType type, int length) {
        return new ColumnType(type, length + HEADER);
    }

    public static ColumnType numeric(int precision, int scale) {
        return new ColumnType(SqlType.NUMERIC, ((precision << 16) | scale) + HEADER);
    }

    /** Most characters of a text; -1 without a limit. */
    public int length() {
        return type.isText() && typmod >= HEADER ? typmod - HEADER : -1;
    }

    /** Whether it is {@code numeric(p,s)}. */
    public boolean hasScale() {
        return type == SqlType.NUMERIC && typmod >= HEADER;
    }

    /** Digits after the point of {@code numeric(p,s)}. */
    public int scale() {
        return (((typmod - HEADER) & 0x7ff) ^ 1024) - 1024;
    }

    /** Digits before the point that {@code numeric(p,s)} has room for. */
    public int integerDigits() {
        return (((typmod - HEADER) >> 16) & 0xffff) - scale();
    }

    /** Digits of the seconds of {@code timestamp(n)} and {@code time(n)}; 6 without a modifier. */
    public int fraction() {
        return typmod < 0 ? 6 : typmod;
    }

    /** Whether every value of the other type is a value of this one as it stands; the number of decimals that are shown may grow. */
    public boolean holds(ColumnType other) {
        if (type.isText()) {
            return length() < 0 || other.type.isText() && other.length() >= 0 && other.length() <= length();
        }
        return switch (type) {
            case NUMERIC -> !hasScale() || holdsNumber(other);
            case TIMESTAMP, TIMESTAMPTZ ->
                fraction() == 6 || other.type == SqlType.DATE || fraction() >= fractionOf(other);
            case TIME -> fraction() >= fractionOf(other);
            default -> true;
        };
    }

    private static int fractionOf(ColumnType other) {
        return switch (other.type) {
            case TIME, TIMESTAMP, TIMESTAMPTZ -> other.fraction();
            default -> 6;
        };
    }

    private boolean holdsNumber(ColumnType other) {
        return switch (other.type) {
            case NUMERIC -> other.hasScale() && other.scale() <= scale() && other.integerDigits() <= integerDigits();
            case INT2 -> scale() >= 0 && integerDigits() >= 5;
            case INT4 -> scale() >= 0 && integerDigits() >= 10;
            case INT8 -> scale() >= 0 && integerDigits() >= 19;
            default -> false;
        };
    }
}
