package io.weir.connector.sqlserver;

import io.weir.connector.jdbc.ColumnReader;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL Server's types, each in its natural class. */
final class SqlServerTypes {
    private SqlServerTypes() {}

    /** The reader for a SQL Server type name, or null when there is none. */
    static @Nullable ColumnReader reader(String type) {
        return switch (type) {
            case "bit" -> ColumnReader.BOOLEAN;
            case "tinyint", "smallint", "int" -> ColumnReader.INTEGER;
            case "bigint" -> ColumnReader.LONG;
            case "real" -> ColumnReader.FLOAT;
            case "float" -> ColumnReader.DOUBLE;
            case "decimal", "numeric", "money", "smallmoney" -> ResultSet::getBigDecimal;
            case "char", "varchar", "nchar", "nvarchar", "text", "ntext" -> ColumnReader.TEXT;
            case "date" -> ColumnReader.DATE;
            case "time" -> ColumnReader.TIME;
            case "datetime", "datetime2", "smalldatetime" -> ColumnReader.DATE_TIME;
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
