package io.weir.connector.sqlserver;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** The reader for a SQL Server type name, or null when there is none. */
    static @Nullable ColumnReader of(String type) {
        return switch (type) {
            case "bit" ->
                (rows, index) -> {
                    boolean value = rows.getBoolean(index);
                    return (!value && rows.wasNull()) ? null : value;
                };
            case "tinyint", "smallint", "int" ->
                (rows, index) -> {
                    int value = rows.getInt(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "bigint" ->
                (rows, index) -> {
                    long value = rows.getLong(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "real" ->
                (rows, index) -> {
                    float value = rows.getFloat(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "float" ->
                (rows, index) -> {
                    double value = rows.getDouble(index);
                    return (value == 0 && rows.wasNull()) ? null : value;
                };
            case "decimal", "numeric", "money", "smallmoney" -> ResultSet::getBigDecimal;
            case "char", "varchar", "nchar", "nvarchar", "text", "ntext" -> ResultSet::getString;
            case "date" -> (rows, index) -> rows.getObject(index, LocalDate.class);
            case "time" -> (rows, index) -> rows.getObject(index, LocalTime.class);
            case "datetime", "datetime2", "smalldatetime" ->
                (rows, index) -> rows.getObject(index, LocalDateTime.class);
            case "datetimeoffset" ->
                (rows, index) -> {
                    OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
                    return value == null ? null : value.toInstant();
                };
            case "uniqueidentifier" ->
                (rows, index) -> {
                    String value = rows.getString(index);
                    return value == null ? null : UUID.fromString(value);
                };
            default -> null;
        };
    }
}
