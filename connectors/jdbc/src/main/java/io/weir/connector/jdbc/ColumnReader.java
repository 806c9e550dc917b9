package io.weir.connector.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Reads one column in its natural class. Chosen once a statement, so that a row costs no look-up of types. */
@FunctionalInterface
public interface ColumnReader {
    /** Reads the 1-based column of the current row. */
    @Nullable
    Object read(ResultSet rows, int index) throws SQLException;

    ColumnReader BOOLEAN = (rows, index) -> {
        boolean value = rows.getBoolean(index);
        return (!value && rows.wasNull()) ? null : value;
    };
    ColumnReader INTEGER = (rows, index) -> {
        int value = rows.getInt(index);
        return (value == 0 && rows.wasNull()) ? null : value;
    };
    ColumnReader LONG = (rows, index) -> {
        long value = rows.getLong(index);
        return (value == 0 && rows.wasNull()) ? null : value;
    };
    ColumnReader FLOAT = (rows, index) -> {
        float value = rows.getFloat(index);
        return (value == 0 && rows.wasNull()) ? null : value;
    };
    ColumnReader DOUBLE = (rows, index) -> {
        double value = rows.getDouble(index);
        return (value == 0 && rows.wasNull()) ? null : value;
    };
    ColumnReader TEXT = ResultSet::getString;
    ColumnReader DATE = (rows, index) -> rows.getObject(index, LocalDate.class);
    ColumnReader TIME = (rows, index) -> rows.getObject(index, LocalTime.class);
    ColumnReader DATE_TIME = (rows, index) -> rows.getObject(index, LocalDateTime.class);
}
