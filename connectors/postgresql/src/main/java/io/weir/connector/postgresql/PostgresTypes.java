package io.weir.connector.postgresql;

import io.weir.connector.jdbc.ColumnReader;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's types, each in its natural class. */
final class PostgresTypes {
    private PostgresTypes() {}

    /** The reader for a PostgreSQL type name, or null when there is none. */
    static @Nullable ColumnReader reader(String type) {
        return switch (type) {
            case "bool" -> ColumnReader.BOOLEAN;
            case "int2", "int4" -> ColumnReader.INTEGER;
            case "int8", "oid" -> ColumnReader.LONG;
            case "float4" -> ColumnReader.FLOAT;
            case "float8" -> ColumnReader.DOUBLE;
            case "numeric" -> PostgresTypes::number;
            case "text", "varchar", "bpchar", "name", "char", "interval" -> ColumnReader.TEXT;
            case "date" -> ColumnReader.DATE;
            case "time" -> ColumnReader.TIME;
            case "timestamp" -> ColumnReader.DATE_TIME;
            case "timestamptz" -> PostgresTypes::instant;
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
