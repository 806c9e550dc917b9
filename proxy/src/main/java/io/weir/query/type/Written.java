package io.weir.query.type;

/** How values of a type are written, for who wrote one otherwise. */
public final class Written {
    private Written() {}

    /** A hint: quotes nothing. */
    public static String hint(SqlType type) {
        return switch (type) {
            case BOOL -> "Booleans are written as true and false.";
            case INT2, INT4, INT8 ->
                "Whole numbers are written as 120, within what %s holds.".formatted(type.sqlName());
            case FLOAT4, FLOAT8, NUMERIC ->
                "Numbers are written as 12.5; what is no number, or infinite, is no value here: bind NULL.";
            case DATE -> "Dates are written as 2024-01-31.";
            case TIME -> "Times of day are written as 12:30:00.";
            case TIMESTAMP, TIMESTAMPTZ -> "Times are written as 2024-01-31 12:30:00.";
            case INTERVAL -> "Intervals are written as 1 month or 30 days.";
            case UUID -> "It is written as 32 hexadecimal digits: 00000000-0000-0000-0000-000000000000.";
            default -> "Write it as PostgreSQL writes values of its type.";
        };
    }
}
