package io.weir.connector.postgresql;

import io.weir.connector.source.ColumnForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.jdbc.PgResultSetMetaData;

/** Reads one column as the server sent it. */
@FunctionalInterface
interface ColumnBytes {
    /** The 1-based column of the current row. */
    byte @Nullable [] read(ResultSet rows, int index) throws SQLException;

    /**
     * What the bytes of a column are, or null for types whose bytes are not handed on.
     *
     * @param utf8 whether the server converts texts to UTF-8: one that keeps bytes of no known encoding cannot
     */
    static @Nullable ColumnForm form(PgResultSetMetaData shape, int index, String type, boolean utf8)
            throws SQLException {
        boolean known = switch (type) {
            case "bool", "int2", "int4", "int8", "float4", "float8", "numeric" -> true;
            case "date", "time", "timestamp", "timestamptz", "uuid" -> true;
            case "text", "varchar" -> utf8;
            default -> false;
        };
        if (!known) {
            return null;
        }
        // The driver has no precision for a numeric without a modifier.
        boolean scaled = type.equals("numeric") && shape.getPrecision(index) > 0;
        return new ColumnForm(type, scaled ? shape.getScale(index) : -1, shape.getFormat(index) == Field.BINARY_FORMAT);
    }

    static ColumnBytes of(ColumnForm form) {
        if (!form.type().equals("numeric")) {
            return ResultSet::getBytes;
        }
        return form.binary() ? ColumnBytes::finiteBinary : ColumnBytes::finiteText;
    }

    private static byte @Nullable [] finiteText(ResultSet rows, int index) throws SQLException {
        byte[] text = rows.getBytes(index);
        // NaN, Infinity, -Infinity: the only ones with letters at their end.
        return text != null && text[text.length - 1] > '9' ? null : text;
    }

    /** {@code int16 ndigits, int16 weight, uint16 sign, …}: NaN and the infinities are signs of their own (numeric.c). */
    private static byte @Nullable [] finiteBinary(ResultSet rows, int index) throws SQLException {
        byte[] binary = rows.getBytes(index);
        return binary != null && (binary[4] & 0xc0) == 0xc0 ? null : binary;
    }
}
