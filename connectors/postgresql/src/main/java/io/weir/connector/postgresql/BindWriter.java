package io.weir.connector.postgresql;

import io.weir.connector.source.Bind;
import io.weir.connector.source.SourceException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Sets binds with the type they name, so that the server never guesses one. */
final class BindWriter {
    /** Types whose values travel as text under the type's own name. */
    private static final Set<String> AS_TEXT = Set.of("text", "varchar", "bpchar", "interval");

    private static final Set<String> OTHERS = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "uuid");

    private BindWriter() {}

    /**
     * Sets one bind.
     *
     * @param index 1-based
     * @throws SourceException when the type is not known or the value is not of its class
     */
    static void write(PreparedStatement statement, int index, Bind bind) throws SQLException, SourceException {
        String type = bind.type();
        Object value = bind.value();
        if (value == null) {
            if (!AS_TEXT.contains(type) && !OTHERS.contains(type)) {
                throw mismatch(index, type);
            }
            statement.setObject(index, named(type, null));
            return;
        }
        switch (value) {
            case Boolean v when type.equals("bool") -> statement.setBoolean(index, v);
            case Integer v when type.equals("int4") -> statement.setInt(index, v);
            case Integer v when type.equals("int2") && v.shortValue() == v -> statement.setShort(index, v.shortValue());
            case Integer v when type.equals("int8") -> statement.setLong(index, v);
            case Long v when type.equals("int8") -> statement.setLong(index, v);
            case Float v when type.equals("float4") -> statement.setFloat(index, v);
            case Double v when type.equals("float8") -> statement.setDouble(index, v);
            case BigDecimal v when type.equals("numeric") -> statement.setBigDecimal(index, v);
            case String v when AS_TEXT.contains(type) -> statement.setObject(index, named(type, v));
            case LocalDate v when type.equals("date") -> statement.setObject(index, v);
            case LocalTime v when type.equals("time") -> statement.setObject(index, v);
            case LocalDateTime v when type.equals("timestamp") -> statement.setObject(index, v);
            case Instant v when type.equals("timestamptz") -> statement.setObject(index, v.atOffset(ZoneOffset.UTC));
            case UUID v when type.equals("uuid") -> statement.setObject(index, v);
            default -> throw mismatch(index, type);
        }
    }

    private static PGobject named(String type, @Nullable String value) throws SQLException {
        PGobject object = new PGobject();
        object.setType(type);
        object.setValue(value);
        return object;
    }

    private static SourceException mismatch(int index, String type) {
        return new SourceException(
                SourceException.Kind.FAILED, "bind " + index + " is not a value of a known type: " + type);
    }
}
