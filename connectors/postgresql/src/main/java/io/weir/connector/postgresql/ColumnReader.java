package io.weir.connector.postgresql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one column in its natural class. Chosen once a statement, so that a row costs no look-up of types. */
@FunctionalInterface
interface ColumnReader {
    /** Reads the 1-based column of the current row. */
    @Nullable
    Object read(ResultSet rows, int index) throws SQLException;

    /** The reader for a PostgreSQL type name, or null when there is none. */
    static @Nullable ColumnReader of(String type) {
        return switch (type) {
            case "bool" ->
                (rows, index) -> {
                    boolean value = rows.getBoolean(index);
                    return (!value && rows.wasNull()) ? null : value;
                };
            case "int2", "int4" ->
                (rows, index) -> {
                    int value = rows.getInt(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "int8", "oid" ->
                (rows, index) -> {
                    long value = rows.getLong(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "float4" ->
                (rows, index) -> {
                    float value = rows.getFloat(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "float8" ->
                (rows, index) -> {
                    double value = rows.getDouble(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "numeric" -> ColumnReader::number;
            case "text", "varchar", "bpchar", "name", "char", "interval" -> ResultSet::getString;
            case "date" -> (rows, index) -> rows.getObject(index, LocalDate.class);
            case "time" -> (rows, index) -> rows.getObject(index, LocalTime.class);
            case "timestamp" -> (rows, index) -> rows.getObject(index, LocalDateTime.class);
            case "timestamptz" -> ColumnReader::instant;
            case "uuid" -> (rows, index) -> rows.getObject(index, UUID.class);
            default -> null;
        };
    }

    private static @Nullable BigDecimal number(ResultSet rows, int index) throws SQLException {
        Object value = rows.getObject(index);
        // NaN and the infinities come as Double.
        return value instanceof BigDecimal number ? number : null;
    }

    private static @Nullable Instant instant(ResultSet rows, int index) throws SQLException {
        OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
        if (value == null) {
            return null;
        }
        if (value.equals(OffsetDateTime.MAX)) {
            return Instant.MAX;
        }
        return value.equals(OffsetDateTime.MIN) ? Instant.MIN : value.toInstant();
    }
}
